package emporion.chassis.observation;

import emporion.chassis.metrics.HttpServerMetrics;
import emporion.chassis.metrics.ProcessMetrics;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.telemetry.Trace;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Begins and ends the trace of each request and times it by the route's template and the methods of
 * RFC 9110 and RFC 5789, never by the raw path or a method that a client made up, so that the
 * number of series stays bounded.
 */
@Provider
@PreMatching
@ApplicationScoped
@Priority(1)
public class RequestObservation implements ContainerRequestFilter, ContainerResponseFilter {
  /** A parameter with what its values look like, which may hold braces of its own. */
  private static final Pattern REGEX =
      Pattern.compile("\\{\\s*([\\w.-]+)\\s*(?::(?:[^{}]|\\{[^{}]*})*)?}");

  private static final String START = RequestObservation.class.getName();
  private final HttpServerMetrics metrics = ProcessMetrics.own().requests();
  private final Map<Route, String> routes = new ConcurrentHashMap<>();
  @Context private ResourceInfo resource;

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
    var span = Span.current();
    if (request.getProperty(START) instanceof Long start) {
      long nanos = System.nanoTime() - start;
      Trace.current()
          .ifPresent(
              trace ->
                  metrics.answered(
                      method(request),
                      route(),
                      response.getStatus(),
                      nanos,
                      trace,
                      span.recorded()));
    }
    end(span, request, response);
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
    return HttpServerMetrics.known(request.getMethod());
  }

  private String route() {
    var method = resource.getResourceMethod();
    return method == null
        ? HttpServerMetrics.UNMATCHED
        : routes.computeIfAbsent(new Route(resource.getResourceClass(), method), Route::template);
  }

  /** A method that two versions share has a route in each of them. */
  private record Route(Class<?> resource, Method method) {
    private String template() {
      var root = resource.getAnnotation(Path.class);
      var own = method.getAnnotation(Path.class);
      var joined =
          "/" + (root == null ? "" : root.value()) + "/" + (own == null ? "" : own.value());
      var single = REGEX.matcher(joined).replaceAll("{$1}").replaceAll("/+", "/");
      return single.length() > 1 && single.endsWith("/")
          ? single.substring(0, single.length() - 1)
          : single;
    }
  }
}
