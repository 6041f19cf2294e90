package emporion.gateway;

import emporion.chassis.metrics.HttpServerMetrics;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.telemetry.Trace;
import io.netty.handler.codec.http.HttpRequest;

/** What an operator sees of a request, by OpenTelemetry's conventions for HTTP. */
final class Spans {
  private Spans() {}

  /** Begins with what is known at once. */
  static Span begin(HttpRequest request, Trace trace) {
    return Span.start(Kind.SERVER, method(request), trace);
  }

  /** Never one that a client made up. */
  static String method(HttpRequest request) {
    return HttpServerMetrics.known(request.method().name());
  }

  /** Begins the part that the service has in it. */
  static Span toService(Span whole, HttpRequest request, Route route) {
    return whole
        .part(Kind.CLIENT, method(request))
        .with("http.request.method", method(request))
        .with("server.address", route.service().authority())
        .with("emporion.route", route.name());
  }

  /** The service has answered. */
  static void answered(Span call, int status) {
    call.with("http.response.status_code", status);
    if (status >= 400) {
      call.failed(Integer.toString(status));
    }
  }

  /** The request has ended. Its query is left out: it may carry secrets. */
  static void end(Span whole, HttpRequest request, Admission admission, int status) {
    if (!whole.recorded()) {
      return;
    }
    var target = request.uri();
    int query = target.indexOf('?');
    whole
        .named(method(request) + " " + admission.routeName())
        .with("http.request.method", method(request))
        .with("url.scheme", admission.secure() ? "https" : "http")
        .with("url.path", query < 0 ? target : target.substring(0, query))
        .with("emporion.route", admission.routeName())
        .with("http.response.status_code", status);
    if (status >= 500 || status == AccessLog.CLIENT_GONE) {
      whole.failed(Integer.toString(status));
    }
    whole.end();
  }
}
