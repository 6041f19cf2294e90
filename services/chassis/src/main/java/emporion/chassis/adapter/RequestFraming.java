package emporion.chassis.adapter;

import emporion.chassis.problem.Problem;
import io.helidon.common.Weighted;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.spi.ServerFeature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/**
 * Refuses a request whose end two readers could find in different places (RFC 9112, section 6.3),
 * and closes its connection.
 *
 * <p>Helidon 4.1.2 takes the first of two lengths, passes over a length beside {@code
 * Transfer-Encoding}, and takes a body in another coding than {@code chunked} for the next request.
 */
@ApplicationScoped
public class RequestFraming {
  private static final double AROUND_EVERYTHING = 3_000;

  void register(
      @Observes @Initialized(ApplicationScoped.class) Object start, ServerCdiExtension server) {
    server.addFeature(new Checking());
  }

  private static void check(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (clear(request.headers())) {
      chain.proceed();
      return;
    }
    response.header(HeaderValues.CONNECTION_CLOSE);
    Refusals.send(
        Problem.of(
            400,
            "ambiguous-framing",
            "The request's length is not clear",
            "Send one Content-Length, or Transfer-Encoding: chunked, and never both."),
        request,
        response);
    throw new CloseConnectionException("What follows can't be told from the body");
  }

  private static boolean clear(Headers headers) {
    boolean coded = headers.contains(HeaderNames.TRANSFER_ENCODING);
    if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
      return !coded || only(headers, "chunked");
    }
    var length = headers.get(HeaderNames.CONTENT_LENGTH);
    return !coded
        && length.valueCount() == 1
        && length.get().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean only(Headers headers, String coding) {
    var codings = headers.get(HeaderNames.TRANSFER_ENCODING);
    return codings.valueCount() == 1 && coding.equals(codings.get());
  }

  private static final class Checking implements ServerFeature, Weighted {
    @Override
    public void setup(ServerFeatureContext context) {
      context.socket(WebServer.DEFAULT_SOCKET_NAME).httpRouting().addFeature(new Filter());
    }

    @Override
    public String name() {
      return "request-framing";
    }

    @Override
    public String type() {
      return name();
    }

    @Override
    public double weight() {
      return AROUND_EVERYTHING;
    }
  }

  private static final class Filter implements HttpFeature, Weighted {
    @Override
    public void setup(HttpRouting.Builder routing) {
      routing.addFilter(RequestFraming::check);
    }

    @Override
    public double weight() {
      return AROUND_EVERYTHING;
    }
  }
}
