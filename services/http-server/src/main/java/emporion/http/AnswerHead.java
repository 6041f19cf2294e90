package emporion.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Sets an answer's head right, just before the server writes it. */
final class AnswerHead implements Http1ConnectionListener {
  private static final int LOWEST_ERROR = 400;

  @Override
  public void status(ConnectionContext client, Status status) {
    ((Client) client).answers(status);
  }

  @Override
  public void headers(ConnectionContext client, Headers headers) {
    if (headers.contains(HeaderValues.CONNECTION_CLOSE)) {
      ((Client) client).leave();
    }
    if (headers instanceof ServerResponseHeaders own) {
      own.setIfAbsent(Now.date());
      if (((Client) client).leaving()) {
        own.set(HeaderValues.CONNECTION_CLOSE);
      }
      explain((Client) client, own);
      if (hasNoContent((Client) client)) {
        own.remove(HeaderNames.CONTENT_LENGTH);
      }
    }
  }

  /** Whoever refuses without a word gets one of ours put in. */
  private static void explain(Client client, ServerResponseHeaders headers) {
    if (client.status() >= LOWEST_ERROR && headers.contains(HeaderValues.CONTENT_LENGTH_ZERO)) {
      headers.set(HeaderNames.CONTENT_TYPE, ErrorResponses.MEDIA_TYPE);
      headers.set(HeaderNames.CONTENT_LENGTH, Integer.toString(client.explain()));
    }
  }

  /** RFC 9110, section 8.6. */
  private static boolean hasNoContent(Client client) {
    return client.status() == Status.NO_CONTENT_204.code()
        || client.status() == Status.NOT_MODIFIED_304.code();
  }
}
