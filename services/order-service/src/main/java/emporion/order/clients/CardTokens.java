package emporion.order.clients;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Which tokens the card network takes. Payment-service is asked once a minute, and not for each
 * order; while it can't be asked, what it said last counts. Where it has said nothing yet, a token
 * counts as one: an unknown one then fails at the charge, and its order is undone.
 */
@ApplicationScoped
public class CardTokens {
  private static final Logger LOG = System.getLogger(CardTokens.class.getName());
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  private final ReentrantLock asking = new ReentrantLock();
  private CardNetworkTerms network;
  private volatile Known known;

  CardTokens() {}

  @Inject
  CardTokens(CardNetworkTerms network) {
    this.network = network;
  }

  /** Whether the network takes this token, as far as its form tells. */
  public boolean takes(String token) {
    var now = known;
    if (now == null || System.nanoTime() - now.since > FRESH_NANOS) {
      now = ask(now);
    }
    return now == null || now.tokens.matcher(token).matches();
  }

  /** Of several one asks; the others wait where nothing is known yet, and go on otherwise. */
  private Known ask(Known before) {
    if (before != null && !asking.tryLock()) {
      return before;
    }
    if (before == null) {
      asking.lock();
    }
    try {
      if (known == before) {
        known = new Known(network.tokens(), System.nanoTime());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "Payment-service does not say which tokens its network takes", e);
    } finally {
      asking.unlock();
    }
    return known;
  }

  private record Known(Pattern tokens, long since) {}
}
