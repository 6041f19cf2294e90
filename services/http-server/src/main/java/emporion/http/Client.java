package emporion.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.context.Context;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.DirectHandlers;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** One client's connection as the server sees it. Its requests come one after another. */
final class Client implements ConnectionContext {
  private static final int LOWEST_ERROR = 400;

  private final ConnectionContext context;
  private final Listener listener;
  private final RequestReader reader;
  private final AnswerWriter writer;
  private boolean hasContent;
  private String trace = "";
  private boolean leaving;
  private int status;

  Client(ConnectionContext context, Protocol protocol) {
    this.context = context;
    listener = new Listener(context.listenerContext());
    reader = new RequestReader(context.dataReader(), protocol, this);
    writer = new AnswerWriter(context.dataWriter());
  }

  /** A request's head has been read. */
  void asked(RequestHead head) {
    leaving = head.last();
    hasContent = head.hasContent();
    trace = head.trace();
    writer.begin(head.isHead());
  }

  /** A request's head can't be read, so where its content ends is not known. */
  void unreadable(boolean isHead) {
    hasContent = true;
    trace = "";
    writer.begin(isHead);
  }

  /** The request is through: what follows is the next one's head. */
  void answered() {
    reader.expectHead();
  }

  /** The answer under way has this status. */
  void answers(Status given) {
    status = given.code();
    if (status >= LOWEST_ERROR) {
      writer.phrase(status, given.reasonPhrase());
    }
  }

  int status() {
    return status;
  }

  /**
   * The answer under way gets a problem for its content; it has none of its own.
   *
   * @return the length of the content
   */
  int explain() {
    var problem = ErrorResponses.document(status, trace);
    writer.append(problem);
    return problem.length;
  }

  /** The connection ends with the answer under way, which says so. */
  void leave() {
    leaving = true;
  }

  /** Whether no further request is to be read. */
  boolean leaving() {
    return leaving;
  }

  /** The connection is about to end. */
  void end() {
    if (status >= LOWEST_ERROR && hasContent) {
      Lingering.behindRefusal(context.serverSocket(), context.dataReader());
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return listener;
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }

  /** The listener, with our words for what the server refuses by itself. */
  private record Listener(ListenerContext given) implements ListenerContext {
    @Override
    public DirectHandlers directHandlers() {
      return ErrorResponses.HANDLERS;
    }

    @Override
    public Context context() {
      return given.context();
    }

    @Override
    public MediaContext mediaContext() {
      return given.mediaContext();
    }

    @Override
    public ContentEncodingContext contentEncodingContext() {
      return given.contentEncodingContext();
    }

    @Override
    public ListenerConfig config() {
      return given.config();
    }

    @Override
    public ExecutorService executor() {
      return given.executor();
    }
  }
}
