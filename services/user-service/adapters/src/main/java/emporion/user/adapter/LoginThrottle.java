package emporion.user.adapter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import emporion.chassis.problem.Problem;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Slows down whoever guesses passwords, by two quotas of wrong ones that this replica has seen: one
 * for a name from one address, and a larger one for a name from all addresses together, which does
 * not count for those from which the user signed in lately. So nobody locks out a user by guessing.
 *
 * <p>A name that does not exist has quotas too, and is not betrayed by lacking them.
 */
@ApplicationScoped
public class LoginThrottle {
  private static final int REMEMBERED = 100_000;

  /** Longer names than a user can have are told apart by their beginning. */
  private static final int LONGEST_NAME = 64;

  private static final String EVERYWHERE = "*";

  private int perOrigin;
  private int perName;
  private Duration window;
  private Cache<Guessed, Bucket> quotas;

  LoginThrottle() {}

  @Inject
  LoginThrottle(
      @ConfigProperty(name = "emporion.guesses.per-origin") int perOrigin,
      @ConfigProperty(name = "emporion.guesses.per-name") int perName,
      @ConfigProperty(name = "emporion.guesses.window") Duration window) {
    this.perOrigin = perOrigin;
    this.perName = perName;
    this.window = window;
    quotas = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(window).build();
  }

  /**
   * Lets another password be tried.
   *
   * @param name in the form in which names are compared
   * @param known whether the user signed in from there lately; asked only where it matters
   * @throws Problem 429 where there were too many wrong ones
   */
  public void demand(String name, String origin, BooleanSupplier known) {
    demand(quota(name, origin, perOrigin));
    var everywhere = quota(name, EVERYWHERE, perName);
    if (everywhere.getAvailableTokens() == 0 && !known.getAsBoolean()) {
      demand(everywhere);
    }
  }

  private static void demand(Bucket quota) {
    var probe = quota.estimateAbilityToConsume(1);
    if (!probe.canBeConsumed()) {
      throw Problem.rateLimited(
          "There were too many wrong passwords. Wait, or ask for a new password by e-mail.",
          Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
    }
  }

  /** A wrong password. */
  public void count(String name, String origin) {
    quota(name, origin, perOrigin).tryConsume(1);
    quota(name, EVERYWHERE, perName).tryConsume(1);
  }

  private Bucket quota(String name, String origin, int most) {
    return quotas.get(
        new Guessed(beginning(name), origin),
        guessed ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, window))
                .build());
  }

  private static String beginning(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /** A name, and where it was guessed. */
  private record Guessed(String name, String origin) {}
}
