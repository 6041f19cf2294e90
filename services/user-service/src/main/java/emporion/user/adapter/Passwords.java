package emporion.user.adapter;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import emporion.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes and one lane, the second choice of OWASP's password
 * storage guide. Each computation holds its memory, so only two run at a time and the others wait.
 */
@ApplicationScoped
public class Passwords {
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_A_TIME = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Semaphore places = new Semaphore(AT_A_TIME, true);
  private final Argon2Function argon2 =
      Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);
  private volatile String nobodys;

  /**
   * A salted hash in PHC string format; about 30 ms of CPU.
   *
   * @throws Problem 503 while too many wait
   */
  public String hash(String password) {
    return within(() -> Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2).getResult());
  }

  /**
   * Whether the password is the one behind the hash.
   *
   * @throws Problem 503 while too many wait
   */
  public boolean matches(String password, String hash) {
    return within(
        () -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
  }

  /** Takes as long as {@link #matches}, so that a name which does not exist is not betrayed. */
  public void matchNobody(String password) {
    if (nobodys == null) {
      nobodys = hash("nobody's password");
    }
    matches(password, nobodys);
  }

  private <T> T within(Supplier<T> computation) {
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Problem.unavailable("Too many sign-ins at once.", PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("The service is stopping.", PATIENCE);
    }
    try {
      return computation.get();
    } finally {
      places.release();
    }
  }
}
