package emporion.storefront;

import io.helidon.common.Weighted;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Ends the connection of a client that asked for it (RFC 9112, section 9.6).
 *
 * <p>Helidon 4.1.2 answers {@code Connection: close} and goes on reading: the client waits for the
 * idle timeout, and a body that nobody read is taken for the next request. Weighs more than the
 * metrics, whose filter keeps every exception to itself.
 */
final class Goodbye implements HttpFeature, Weighted {

  static final double WEIGHT = 2000;

  @Override
  public double weight() {
    return WEIGHT;
  }

  @Override
  public void setup(HttpRouting.Builder routing) {
    routing.addFilter(Goodbye::close);
  }

  private static void close(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    chain.proceed();
    if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("The client asked for it");
    }
  }
}
