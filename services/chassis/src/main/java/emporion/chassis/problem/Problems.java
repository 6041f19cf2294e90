package emporion.chassis.problem;

import emporion.chassis.data.Failures;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.chassis.telemetry.Trace;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The one place where a failure becomes an answer. What a service did not foresee is logged with
 * its stack trace and answered 500 without a word about the inside.
 */
@Provider
public class Problems implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(Problems.class.getName());
  private static final Map<Integer, String[]> KNOWN =
      Map.of(
          400, new String[] {"invalid-request", "The request is not valid"},
          404, new String[] {"not-found", "Not found"},
          405, new String[] {"method-not-allowed", "Method not allowed"},
          406, new String[] {"not-acceptable", "Not acceptable"},
          413, new String[] {"too-large", "The body is too large"},
          415, new String[] {"unsupported-media-type", "Unsupported media type"});

  @Context private HttpHeaders request;

  @Override
  public Response toResponse(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return answer(problem);
      }
      if (cause instanceof Refusal refusal) {
        return answer(Problem.conflict(refusal.slug(), refusal.title(), refusal.getMessage()));
      }
      if (cause instanceof Missing missing) {
        return answer(Problem.notFound(missing.what()));
      }
      if (cause instanceof OptimisticLockException) {
        return answer(overtaken());
      }
    }
    if (failure instanceof WebApplicationException refusal) {
      return translate(refusal);
    }
    return Failures.isOutage(failure) || ranOutOfTime(failure) ? outage(failure) : defect(failure);
  }

  /** A transaction that took too long is rolled back, and its commit says no more than that. */
  private static boolean ranOutOfTime(Throwable failure) {
    return failure instanceof RollbackException || failure.getCause() instanceof RollbackException;
  }

  /** Who said which state the change is for, and was overtaken since, hears of that one. */
  private Problem overtaken() {
    var conditional = request.getHeaderString(HttpHeaders.IF_MATCH) != null;
    return Problem.of(
        conditional ? 412 : 409,
        conditional ? "precondition-failed" : "changed-meanwhile",
        "Somebody else changed it",
        "It was changed at the same time, and nothing of this request was. Read it again and repeat"
            + " the change.");
  }

  /** The answer to a problem, for mappers of a service's own. */
  public static Response answer(Problem problem) {
    var builder = document(problem);
    problem
        .retryAfter()
        .ifPresent(wait -> builder.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
    if (problem.status() == 401) {
      builder.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"emporion\"");
    }
    return builder.build();
  }

  private static Response translate(WebApplicationException refusal) {
    var status = refusal.getResponse().getStatus();
    if (status < 400 || matchedNothing(refusal)) {
      return refusal.getResponse();
    }
    if (status >= 500) {
      return defect(refusal);
    }
    var known = KNOWN.getOrDefault(status, new String[] {"refused", "The request was refused"});
    var builder = document(Problem.of(status, known[0], known[1], detail(status)));
    var allowed = allowed(refusal.getResponse());
    return allowed.isEmpty()
        ? builder.build()
        : builder.header(HttpHeaders.ALLOW, String.join(", ", allowed)).build();
  }

  private static String detail(int status) {
    return switch (status) {
      case 406 -> "There is application/json only.";
      case 405 -> "The Allow header says what can be done here.";
      case 415 -> "The Accept or Accept-Patch header says which types are read here.";
      default -> "The request was refused as it stands.";
    };
  }

  /**
   * HEAD is served wherever GET is (RFC 9110, section 9.3.2); the runtime does not always say so.
   */
  private static Set<String> allowed(Response refusal) {
    var methods = new TreeSet<>(refusal.getAllowedMethods());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** Without an entity the runtime tries its other routes: health and metrics. */
  private static boolean matchedNothing(WebApplicationException refusal) {
    return refusal instanceof NotFoundException && !refusal.getResponse().hasEntity();
  }

  private static Response outage(Throwable failure) {
    LOG.log(Level.WARNING, () -> "The database did not do its part: " + failure.getMessage());
    return answer(
        Problem.unavailable("The service can't reach its data right now.", Duration.ofSeconds(1)));
  }

  private static Response defect(Throwable failure) {
    LOG.log(Level.ERROR, "A request failed in a way that nobody foresaw", failure);
    return document(
            Problem.of(
                500,
                "internal",
                "Something went wrong on our side",
                "It has been logged; quote the trace id when you report it."))
        .build();
  }

  private static Response.ResponseBuilder document(Problem problem) {
    return Response.status(problem.status())
        .type(ProblemDocument.MEDIA_TYPE)
        .entity(ProblemDocument.of(problem, Trace.currentId()));
  }
}
