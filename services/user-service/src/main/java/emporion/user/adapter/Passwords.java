package emporion.user.adapter;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import emporion.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Argon2id (RFC 9106); the defaults of {@code emporion.argon2} are 19 MiB, two passes and one lane,
 * the second choice of OWASP's password storage guide. Each computation holds its memory, so only
 * two run at a time and the others wait.
 */
@ApplicationScoped
public class Passwords {
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_A_TIME = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Semaphore places = new Semaphore(AT_A_TIME, true);
  private Argon2Function argon2;
  private volatile String nobodys;

  Passwords() {}

  @Inject
  Passwords(
      @ConfigProperty(name = "emporion.argon2.memory-kib") int kibibytes,
      @ConfigProperty(name = "emporion.argon2.passes") int passes,
      @ConfigProperty(name = "emporion.argon2.lanes") int lanes) {
    argon2 = Argon2Function.getInstance(kibibytes, passes, lanes, HASH_BYTES, Argon2.ID);
  }

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

  /** Whether the hash was made with other parameters than those of today. */
  public boolean outdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(argon2);
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
