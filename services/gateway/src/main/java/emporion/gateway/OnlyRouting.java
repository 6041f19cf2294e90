package emporion.gateway;

import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.HttpService;
import java.util.function.Supplier;

/**
 * Hands a server a routing that exists already. Helidon asks for a builder, and its own builds a
 * routing with filters and a matcher of paths, which hides the connection from its handlers.
 */
record OnlyRouting(HttpRouting build) implements HttpRouting.Builder {

  private static UnsupportedOperationException fixed() {
    return new UnsupportedOperationException("the gateway's routing is fixed");
  }

  @Override
  public HttpRouting.Builder register(HttpService... services) {
    throw fixed();
  }

  @Override
  public HttpRouting.Builder register(String path, HttpService... services) {
    throw fixed();
  }

  @Override
  public HttpRouting.Builder route(HttpRoute route) {
    throw fixed();
  }

  @Override
  public HttpRouting.Builder addFilter(Filter filter) {
    throw fixed();
  }

  @Override
  public HttpRouting.Builder addFeature(Supplier<? extends HttpFeature> feature) {
    throw fixed();
  }

  @Override
  public <T extends Throwable> HttpRouting.Builder error(
      Class<T> type, ErrorHandler<? super T> handler) {
    throw fixed();
  }

  @Override
  public HttpRouting.Builder maxReRouteCount(int count) {
    throw fixed();
  }

  @Override
  public HttpRouting.Builder security(HttpSecurity security) {
    throw fixed();
  }

  @Override
  public HttpRouting.Builder copy() {
    return this;
  }
}
