package emporion.chassis.helidon;

import emporion.chassis.discovery.Call;
import emporion.chassis.discovery.Instance;
import emporion.chassis.discovery.Neighbour;
import emporion.chassis.discovery.Neighbours;
import emporion.chassis.discovery.NoInstanceException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Configuration;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import javax.net.ssl.SSLHandshakeException;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;
import org.glassfish.jersey.client.spi.ConnectorProvider;

/**
 * Sends each request to one of its service's instances. Where none could be connected to, nothing
 * was sent, so another instance is tried at once; whatever else fails is for the caller to repeat,
 * and what a thread repeats goes elsewhere. A service with one address costs a look at its URI.
 */
final class BalancedConnector implements Connector {
  private final Connector transport;
  private final Neighbours neighbours;

  /** Whose call failed last on this thread, and was not followed by one that did not. */
  private final ThreadLocal<Instance> failed = new ThreadLocal<>();

  private BalancedConnector(Connector transport, Neighbours neighbours) {
    this.transport = transport;
    this.neighbours = neighbours;
  }

  @Override
  public ClientResponse apply(ClientRequest request) {
    return Neighbours.isSingle(request.getUri())
        ? transport.apply(request)
        : balanced(request, neighbours.of(request.getUri()));
  }

  private ClientResponse balanced(ClientRequest request, Neighbour neighbour) {
    var tried = new ArrayList<Instance>(1);
    var call = first(neighbour);
    var attempt = request;
    while (true) {
      try {
        return send(attempt, neighbour, call);
      } catch (ProcessingException e) {
        if (!unsent(e)) {
          throw e;
        }
        tried.add(call.instance());
        call = another(neighbour, tried, e);
        attempt = new ClientRequest(request);
      }
    }
  }

  private Call first(Neighbour neighbour) {
    var avoided = failed.get();
    try {
      return neighbour.call(avoided == null ? List.of() : List.of(avoided));
    } catch (NoInstanceException e) {
      if (avoided == null) {
        throw new ProcessingException(e);
      }
      failed.remove();
      return first(neighbour);
    }
  }

  private static Call another(
      Neighbour neighbour, List<Instance> tried, ProcessingException failure) {
    try {
      return neighbour.call(tried);
    } catch (NoInstanceException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private ClientResponse send(ClientRequest request, Neighbour neighbour, Call call) {
    request.setUri(at(request.getUri(), neighbour, call.instance()));
    try {
      var response = transport.apply(request);
      call.answered(response.getStatus(), response.getHeaders().containsKey("Retry-After"));
      note(call.instance(), response.getStatus() >= 500);
      return response;
    } catch (RuntimeException e) {
      call.failed();
      note(call.instance(), true);
      throw e;
    }
  }

  private void note(Instance called, boolean didFail) {
    if (didFail) {
      failed.set(called);
    } else if (failed.get() != null) {
      failed.remove();
    }
  }

  private static URI at(URI wanted, Neighbour neighbour, Instance instance) {
    var query = wanted.getRawQuery();
    return URI.create(
        (neighbour.secure() ? "https://" : "http://")
            + instance.authority()
            + wanted.getRawPath()
            + (query == null ? "" : "?" + query));
  }

  /** Whether the connection failed, and not what was sent over it. */
  private static boolean unsent(ProcessingException e) {
    return switch (e.getCause()) {
      case ConnectException refused -> true;
      case NoRouteToHostException away -> true;
      case UnknownHostException gone -> true;
      case SSLHandshakeException stranger -> true;
      // All that the JDK says of the difference.
      case SocketTimeoutException late -> "Connect timed out".equals(late.getMessage());
      case null, default -> false;
    };
  }

  @Override
  public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
    try {
      callback.response(apply(request));
    } catch (RuntimeException e) {
      callback.failure(e);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public String getName() {
    return transport.getName();
  }

  @Override
  public void close() {
    transport.close();
  }

  /** Makes one around the default transport. */
  record Provider(Neighbours neighbours) implements ConnectorProvider {
    @Override
    public Connector getConnector(Client client, Configuration configuration) {
      return new BalancedConnector(
          new HttpUrlConnectorProvider().getConnector(client, configuration), neighbours);
    }
  }
}
