package emporion.chassis.adapter;

import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.chassis.telemetry.Trace;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The answer to a request that no resource gets to see. */
final class Refusals {
  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

  private Refusals() {}

  static void send(Problem problem, ServerRequest request, ServerResponse response) {
    var trace = Trace.begin(request.headers().first(TRACEPARENT).orElse(null));
    Trace.end();
    response
        .status(problem.status())
        .header(HeaderNames.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE)
        .send(Json.write(ProblemDocument.of(problem, trace.traceId())));
  }
}
