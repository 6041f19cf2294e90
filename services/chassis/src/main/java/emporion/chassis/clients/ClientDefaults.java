package emporion.chassis.clients;

import emporion.chassis.body.AnswerReader;
import emporion.chassis.body.JsonWriter;
import emporion.chassis.telemetry.Trace;
import emporion.chassis.tls.Trust;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
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

  /** Passes the current trace on to the neighbour. */
  public static class TracePropagation implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext request) {
      Trace.current().ifPresent(trace -> trace.writeTo(request.getHeaders()::putSingle));
    }
  }
}
