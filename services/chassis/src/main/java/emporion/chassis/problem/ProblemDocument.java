package emporion.chassis.problem;

import java.util.List;

/**
 * The members of RFC 9457 as they stand on the wire, plus {@code trace_id} and {@code errors}.
 *
 * @param type {@code urn:emporion:problem:<slug>}; stable, safe to switch on
 * @param title the same for each occurrence of the type
 * @param status the HTTP status, repeated
 * @param detail this occurrence
 * @param traceId finds this request in the logs; null where there is none
 * @param errors a pointer for each bad field; null unless fields were refused
 */
public record ProblemDocument(
    String type, String title, int status, String detail, String traceId, List<FieldError> errors) {

  /** The media type of RFC 9457, section 3. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The document for one refusal of one request. */
  public static ProblemDocument of(Problem problem, String traceId) {
    return new ProblemDocument(
        "urn:emporion:problem:" + problem.slug(),
        problem.title(),
        problem.status(),
        problem.getMessage(),
        traceId,
        problem.errors().isEmpty() ? null : problem.errors());
  }
}
