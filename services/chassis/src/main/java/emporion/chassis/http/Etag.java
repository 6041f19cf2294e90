package emporion.chassis.http;

import emporion.chassis.problem.Problem;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Conditional requests (RFC 9110, section 13) over a thing's version number. */
public final class Etag {
  private Etag() {}

  /** The tag of one version in one representation, so that v1 and v2 never share one. */
  public static EntityTag of(String representation, long version) {
    return new EntityTag(representation + "-" + version);
  }

  /** 200 with the tag, or 304 where the client has this version already. */
  public static Response answer(Request request, EntityTag tag, Object body) {
    var unchanged = request.evaluatePreconditions(tag);
    return unchanged != null ? unchanged.build() : Response.ok(body).tag(tag).build();
  }

  /**
   * Lets a change pass only if the client names the version that it has seen.
   *
   * @throws Problem 428 without {@code If-Match}, 412 for another version
   */
  public static void demand(Request request, HttpHeaders headers, EntityTag current) {
    if (headers.getHeaderString(HttpHeaders.IF_MATCH) == null) {
      throw Problem.of(
          428,
          "precondition-required",
          "Precondition required",
          "Send If-Match with the ETag of the version that you mean to change.");
    }
    if (request.evaluatePreconditions(current) != null) {
      throw Problem.of(
          412,
          "precondition-failed",
          "Somebody else changed it",
          "Read it again and repeat the change with the new ETag.");
    }
  }
}
