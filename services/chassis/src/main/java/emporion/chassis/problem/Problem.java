package emporion.chassis.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A refusal in HTTP's words, with a stable name: the boundary throws it, and it is answered as
 * {@code application/problem+json} (RFC 9457). What is behind the boundary throws what it knows,
 * such as {@link emporion.chassis.refusal.Refusal}. Without a stack trace: it is an answer, not a
 * defect.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String slug;
  private final String title;
  private final transient List<FieldError> errors;
  private final transient Optional<Duration> retryAfter;

  private Problem(
      int status,
      String slug,
      String title,
      String detail,
      List<FieldError> errors,
      Optional<Duration> retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /**
   * A problem of the caller's own.
   *
   * @param status the HTTP status, 400 to 599
   * @param slug stable name; the {@code type} becomes {@code urn:emporion:problem:<slug>}
   * @param title short sentence, the same for each occurrence
   * @param detail what happened this time and what to do; shown to the client as it is
   */
  public static Problem of(int status, String slug, String title, String detail) {
    return new Problem(status, slug, title, detail, List.of(), Optional.empty());
  }

  /** 400 with a pointer for each bad field. */
  public static Problem invalid(List<FieldError> errors) {
    return new Problem(
        400,
        "invalid-request",
        "The request is not valid",
        "See 'errors' for each field that was refused. Nothing was changed.",
        errors,
        Optional.empty());
  }

  /** 400 for a single bad field. */
  public static Problem invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** 400 for fields that hold a card number, which the errors do not repeat. */
  public static Problem cardNumberRefused(List<FieldError> errors) {
    return new Problem(
        400,
        "card-number-refused",
        "Card numbers are refused",
        "See 'errors' for where one was sent. It was not stored; a card is named by the card"
            + " network's token.",
        errors,
        Optional.empty());
  }

  /** 404, in the same shape whether the thing is missing or belongs to somebody else. */
  public static Problem notFound(String what) {
    return of(404, "not-found", "Not found", "There is no such " + what + ".");
  }

  /** 409 for a request that the present state does not allow. */
  public static Problem conflict(String slug, String title, String detail) {
    return of(409, slug, title, detail);
  }

  /** 413. */
  public static Problem tooLarge() {
    return of(413, "too-large", "The body is too large", "Send less at once.");
  }

  /** 403 for a caller who is known and not allowed. */
  public static Problem forbidden() {
    return of(403, "forbidden", "Forbidden", "Your role does not allow this.");
  }

  /** 401; the mapper adds {@code WWW-Authenticate} (RFC 6750). */
  public static Problem unauthenticated() {
    return of(
        401,
        "unauthenticated",
        "Invalid authentication credentials",
        "Send a valid bearer token; POST /token issues one.");
  }

  /** 503 with {@code Retry-After}. */
  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(
        503, "unavailable", "Temporarily unavailable", detail, List.of(), Optional.of(retryAfter));
  }

  /** 429 (RFC 6585, section 4) with {@code Retry-After}. */
  public static Problem rateLimited(String detail, Duration retryAfter) {
    return new Problem(
        429, "rate-limited", "Too many requests", detail, List.of(), Optional.of(retryAfter));
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** The stable name, without the prefix of the {@code type}. */
  public String slug() {
    return slug;
  }

  /** The short sentence that is the same for each occurrence. */
  public String title() {
    return title;
  }

  /** The bad fields; empty unless the problem is about fields. */
  public List<FieldError> errors() {
    return errors;
  }

  /** When it is worth to try again. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
