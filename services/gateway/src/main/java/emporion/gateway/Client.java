package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The client's end of an {@link Exchange}: the body that it sends and the answer that it gets, each
 * within its time. Bodies are read from and written to the connection itself, below Helidon's
 * entity, which would hold a whole chunk in memory, however large.
 */
final class Client {
  private static final int SMALL_BODY = 65_536;
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ConnectionContext connection;
  private final Headers headers;
  private final Settings settings;
  private final Deadline patience;

  private Framing framing;
  private Body body;
  private boolean bodyAsked;
  private boolean bodyBroken;
  private boolean answered;

  /** The client has left or was too slow; nobody is there to be answered. */
  static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(Throwable cause) {
      super("client gone", cause, false, false);
    }
  }

  Client(ConnectionContext connection, Headers headers, Settings settings, Deadline patience) {
    this.connection = connection;
    this.headers = headers;
    this.settings = settings;
    this.patience = patience;
  }

  /**
   * Tells how the body ends that follows the head.
   *
   * @param limit of its bytes
   * @throws Problem 413 where it is said to be larger
   */
  void announce(Framing framing, long limit) {
    this.framing = framing;
    body = new Body(connection.dataReader(), framing, limit);
  }

  /** Whether the request has been read to its end. */
  boolean requestEnded() {
    return body != null && body.ended();
  }

  /** From here on the body has to come; a client that waits to be told is told. */
  void askForBody() {
    patience.in(settings.clientBodyTimeout());
    bodyAsked = true;
    if (expectsContinue()) {
      send(BufferData.create(CONTINUE));
    }
  }

  private boolean expectsContinue() {
    return headers.contains(HeaderNames.EXPECT)
        && "100-continue".equalsIgnoreCase(headers.get(HeaderNames.EXPECT).get());
  }

  /**
   * The body's next piece; empty at its end.
   *
   * @throws Problem 400 or 413
   * @throws Gone where it does not come
   */
  byte[] read() {
    try {
      return body.next();
    } catch (Body.Malformed e) {
      bodyBroken = true;
      throw Problem.of(
          400, "bad-body", "The request's body is broken", "Its framing breaks RFC 9112.");
    } catch (UncheckedIOException
        | CloseConnectionException
        | DataReader.InsufficientDataAvailableException e) {
      throw new Gone(e);
    }
  }

  /** Waits for somebody else than the client. */
  void rest() {
    patience.clear();
  }

  /** Whether it has got the beginning of an answer, so that there can be no other one. */
  boolean answered() {
    return answered;
  }

  /**
   * Writes the next part of the answer.
   *
   * @throws Gone where it is not taken
   */
  void write(BufferData data) {
    answered = true;
    patience.in(settings.stallTimeout());
    send(data);
    patience.clear();
  }

  private void send(BufferData data) {
    try {
      connection.dataWriter().writeNow(data);
    } catch (UncheckedIOException | CloseConnectionException e) {
      throw new Gone(e);
    }
  }

  /** Whether it is still sending a body that can be read, or at once will be. */
  boolean drainable() {
    return body != null && !body.ended() && !bodyBroken && (bodyAsked || !expectsContinue());
  }

  /** Whether what it is still sending is so little that the connection is worth the wait. */
  boolean soonDrained() {
    return drainable() && framing.kind() == Framing.Kind.LENGTH && framing.length() <= SMALL_BODY;
  }

  /**
   * Reads what the client is still sending, and not for long: a connection closed on unread data is
   * reset, and a client that is reset while it sends may never see the answer.
   *
   * @throws Problem where the body is broken or too large
   * @throws Gone where it does not come
   */
  void drain() {
    patience.in(LINGER);
    while (!body.ended()) {
      read();
    }
    patience.clear();
  }
}
