package emporion.chassis.observation;

import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.telemetry.Trace;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/**
 * Begins and ends the trace of each request and times it as {@code http_server_requests} by the
 * route's template and the methods of RFC 9110 and RFC 5789, never by the raw path or a method that
 * a client made up, so that the number of series stays bounded.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(1)
public class RequestObservation implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String START = RequestObservation.class.getName();
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
  private static final Metadata REQUESTS =
      Metadata.builder()
          .withName("http_server_requests")
          .withDescription("Requests served, by route, method and status")
          .withUnit(MetricUnits.SECONDS)
          .build();

  private final Map<Served, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Route, String> routes = new ConcurrentHashMap<>();
  private MetricRegistry metrics;

  @Context private ResourceInfo resource;

  RequestObservation() {}

  @Inject
  RequestObservation(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(START, System.nanoTime());
    var trace = Trace.of(request::getHeaderString);
    var span = Span.start(Kind.SERVER, method(request), trace);
    span.begin(trace);
    if (span.recorded()) {
      var uri = request.getUriInfo().getRequestUri();
      span.with("http.request.method", method(request))
          .with("url.scheme", uri.getScheme())
          .with("url.path", uri.getPath());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(START) instanceof Long start) {
      var served = new Served(method(request), route(), response.getStatus());
      timers
          .computeIfAbsent(served, this::timer)
          .update(Duration.ofNanos(System.nanoTime() - start));
    }
    end(Span.current(), request, response);
    Span.leave();
  }

  private void end(Span span, ContainerRequestContext request, ContainerResponseContext response) {
    if (span.recorded()) {
      var route = route();
      span.named(method(request) + " " + route)
          .with("http.route", route)
          .with("http.response.status_code", response.getStatus());
      if (response.getStatus() >= 500) {
        span.failed(Integer.toString(response.getStatus()));
      }
      span.end();
    }
  }

  private static String method(ContainerRequestContext request) {
    return METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
  }

  private String route() {
    var method = resource.getResourceMethod();
    return method == null
        ? "unmatched"
        : routes.computeIfAbsent(new Route(resource.getResourceClass(), method), Route::template);
  }

  private Timer timer(Served served) {
    return metrics.timer(
        REQUESTS,
        new Tag("method", served.method()),
        new Tag("path", served.route()),
        new Tag("status", Integer.toString(served.status())));
  }

  /** A method that two versions share has a route in each of them. */
  private record Route(Class<?> resource, Method method) {
    private String template() {
      var root = resource.getAnnotation(Path.class);
      var own = method.getAnnotation(Path.class);
      var joined =
          "/" + (root == null ? "" : root.value()) + "/" + (own == null ? "" : own.value());
      var single = joined.replaceAll("/+", "/");
      return single.length() > 1 && single.endsWith("/")
          ? single.substring(0, single.length() - 1)
          : single;
    }
  }

  private record Served(String method, String route, int status) {}
}
