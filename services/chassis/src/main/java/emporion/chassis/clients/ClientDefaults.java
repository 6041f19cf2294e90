package emporion.chassis.clients;

import emporion.chassis.body.AnswerReader;
import emporion.chassis.body.JsonWriter;
import emporion.chassis.telemetry.Span;
import emporion.chassis.tls.Trust;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientBuilderListener;

/** What every REST client of the platform has, without being told. */
public class ClientDefaults implements RestClientBuilderListener {
  private static final long CONNECT_MILLIS = 500;
  private static final long READ_MILLIS = 2_000;

  @Override
  public void onNewBuilder(RestClientBuilder builder) {
    if (Trust.authorities().isPresent()) {
      builder.sslContext(Trust.context());
    }
    builder
        .connectTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
        .readTimeout(READ_MILLIS, TimeUnit.MILLISECONDS)
        .register(AnswerReader.class)
        .register(JsonWriter.class)
        .register(TracePropagation.class)
        .register(RemoteErrorMapper.class);
  }

  /** Passes the current trace on to the neighbour, and tells how long its answer takes. */
  public static class TracePropagation implements ClientRequestFilter, ClientResponseFilter {
    private static final String SPAN = TracePropagation.class.getName();

    @Override
    public void filter(ClientRequestContext request) {
      var span = Span.current().request(request.getMethod());
      if (span.recorded()) {
        var uri = request.getUri();
        span.with("http.request.method", request.getMethod())
            .with("url.full", uri.getScheme() + "://" + uri.getAuthority() + uri.getPath())
            .with("server.address", uri.getHost() == null ? uri.getAuthority() : uri.getHost());
        if (uri.getPort() >= 0) {
          span.with("server.port", uri.getPort());
        }
        request.setProperty(SPAN, span);
      }
      span.within().ifPresent(trace -> trace.writeTo(request.getHeaders()::putSingle));
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
      if (request.getProperty(SPAN) instanceof Span span) {
        span.with("http.response.status_code", response.getStatus());
        if (response.getStatus() >= 400) {
          span.failed(Integer.toString(response.getStatus()));
        }
        span.end();
      }
    }
  }
}
