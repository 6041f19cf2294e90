package emporion.chassis.idempotency;

import emporion.chassis.data.Failures;
import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the effect of a request at most once for each key of its sender. Keys are kept 48 hours. */
@ApplicationScoped
public class Idempotency {
  /** Marks an answer that was stored by an earlier request with the same key. */
  public static final String REPLAYED = "Idempotent-Replayed";

  private static final int MAX_KEY_LENGTH = 255;

  private IdempotencyRepository book;

  Idempotency() {}

  @Inject
  Idempotency(IdempotencyRepository book) {
    this.book = book;
  }

  /**
   * The answer to a request: made now, or replayed.
   *
   * @param scope the sender and the operation; keys of different scopes never meet
   * @param key what the client sent as {@code Idempotency-Key}; null runs the effect unprotected
   * @param request the parsed request; together with the key it identifies the operation
   * @param effect runs inside this method's transaction; what it throws leaves no trace of the key
   * @throws Problem 422 where the key came with another request, 409 while the first is under way
   */
  public Response once(String scope, String key, Object request, Supplier<Response> effect) {
    if (key == null) {
      return effect.get();
    }
    check("Idempotency-Key", key);
    var hash = hash(request);
    var stored = book.find(scope, key);
    if (stored.isPresent()) {
      return replay(stored.get(), hash);
    }
    try {
      return book.first(scope, key, hash, effect);
    } catch (Exception e) {
      // Not only RuntimeException: a failed commit is a checked one that no method declares.
      return afterRace(scope, key, hash, e);
    }
  }

  /**
   * Refuses a key that can't be stored.
   *
   * @param where the header or query parameter that it came in
   * @throws Problem 400 unless the key has 1 to 255 printable ASCII characters
   */
  public static void check(String where, String key) {
    boolean printable = key.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !printable) {
      throw Problem.invalid(where, "must have 1 to 255 printable ASCII characters without blanks");
    }
  }

  /** SHA-256 over what the request says, in hex. */
  public static String hash(Object request) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = Json.write(request).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** 422: the key was used for another request before. */
  public static Problem reused() {
    return Problem.of(
        422,
        "idempotency-key-reused",
        "Idempotency key reused",
        "This Idempotency-Key came with another request before; make a new key for a new request.");
  }

  private Response afterRace(String scope, String key, String hash, Exception failure) {
    var race = Failures.isDuplicate(failure) || Failures.isTransient(failure);
    var stored = race ? book.find(scope, key) : Optional.<IdempotencyRepository.Stored>empty();
    if (stored.isPresent()) {
      return replay(stored.get(), hash);
    }
    if (Failures.isTransient(failure)) {
      throw Problem.conflict(
          "request-in-flight",
          "The first request is still under way",
          "A request with this Idempotency-Key is being worked on; repeat it in a moment.");
    }
    throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  private static Response replay(IdempotencyRepository.Stored stored, String hash) {
    if (!stored.hash().equals(hash)) {
      throw reused();
    }
    var answer = Response.status(stored.status()).header(REPLAYED, "true");
    if (stored.location() != null) {
      answer.header("Location", stored.location());
    }
    return stored.body() == null
        ? answer.build()
        : answer.type(MediaType.APPLICATION_JSON).entity(stored.body()).build();
  }
}
