package emporion.user.keys.control;

import emporion.chassis.data.Sweep;
import emporion.chassis.refusal.Missing;
import emporion.chassis.work.Worker;
import emporion.user.adapter.KeyMaker;
import emporion.user.adapter.SigningKey;
import emporion.user.keys.entity.StoredKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Renews the keys that tokens are signed with. A new key is published for a while before it signs,
 * and the old one stays published until the tokens that it signed have expired, so that no request
 * fails for a key that somebody does not know.
 */
@ApplicationScoped
public class SigningKeys implements Sweep {
  private static final Logger LOG = System.getLogger(SigningKeys.class.getName());

  /** More than clocks differ. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private KeyRepository book;
  private KeyMaker maker;
  private Event<KeysChanged> changes;
  private Duration maxAge;
  private Duration lead;
  private Duration tokenLifetime;

  SigningKeys() {}

  @Inject
  SigningKeys(
      KeyRepository book,
      KeyMaker maker,
      Event<KeysChanged> changes,
      @ConfigProperty(name = "emporion.keys.max-age") Duration maxAge,
      @ConfigProperty(name = "emporion.keys.lead") Duration lead,
      @ConfigProperty(name = "emporion.token.lifetime") Duration tokenLifetime) {
    this.book = book;
    this.maker = maker;
    this.changes = changes;
    this.maxAge = maxAge;
    this.lead = lead;
    this.tokenLifetime = tokenLifetime;
  }

  /** The key that signs at this moment, of those that are published. */
  public static StoredKey signing(List<StoredKey> keys, Instant now) {
    return keys.stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .reduce((older, newer) -> newer)
        .orElse(keys.getFirst());
  }

  /** The published keys, the oldest first. */
  public List<StoredKey> all() {
    return book.all();
  }

  /**
   * The next key; the same one while it does not sign yet.
   *
   * @param by who asked for it, for the log
   */
  @Transactional
  public StoredKey rotate(String by) {
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var keys = book.all();
    if (keys.isEmpty() || !keys.getLast().signsFrom().isAfter(now)) {
      book.succeed(newest(keys), () -> stored(maker.make(), now, now.plus(lead)));
      keys = book.all();
      changes.fire(new KeysChanged());
      LOG.log(
          Level.INFO,
          "Key {0} signs from {1}: asked for by {2}",
          keys.getLast(),
          keys.getLast().signsFrom(),
          by);
    }
    return keys.getLast();
  }

  /**
   * Ends a key that has leaked. What it has signed is refused as soon as the services read the keys
   * again; where it was the one that signs, the next one or a new one does so at once.
   *
   * @param by who asked for it, for the log
   * @throws Missing for a key that is not published
   */
  @Transactional
  public void revoke(String kid, String by) {
    if (!book.remove(kid)) {
      throw new Missing("key");
    }
    changes.fire(new KeysChanged());
    LOG.log(Level.WARNING, "Key {0} was revoked by {1}", kid, by);
  }

  @Override
  public String name() {
    return "signing_key";
  }

  /** Renews the key that has become too old, and forgets what no token in force needs. */
  @Override
  @Transactional
  public boolean sweep(Instant now) {
    var keys = book.all();
    if (keys.isEmpty()) {
      return false;
    }
    if (keys.getLast().signsFrom().plus(maxAge).isBefore(now)) {
      Worker.busy();
      rotate("its age");
    }
    forget(keys, signing(keys, now), now);
    return false;
  }

  /** What no token in force was signed with. */
  private void forget(List<StoredKey> keys, StoredKey signing, Instant now) {
    if (signing.signsFrom().plus(tokenLifetime).plus(SKEW).isBefore(now)) {
      keys.stream()
          .filter(key -> key.signsFrom().isBefore(signing.signsFrom()))
          .forEach(key -> book.remove(key.kid()));
      changes.fire(new KeysChanged());
    }
  }

  static StoredKey stored(SigningKey pair, Instant created, Instant signsFrom) {
    return new StoredKey(pair.kid(), pair.jwk(), created, signsFrom);
  }

  private static Optional<String> newest(List<StoredKey> keys) {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast().kid());
  }

  /** Keys have come or gone. */
  public record KeysChanged() {}
}
