package emporion.user.keys.control;

import emporion.user.adapter.KeyMaker;
import emporion.user.adapter.SigningKey;
import emporion.user.keys.control.SigningKeys.KeysChanged;
import emporion.user.keys.entity.StoredKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The keys as this replica last read them, so that signing a token asks no database. */
@ApplicationScoped
public class KeyRing {
  /** How long another replica's change goes unseen. */
  private static final Duration REREAD = Duration.ofSeconds(10);

  private static final Held NOTHING = new Held(List.of(), Instant.EPOCH);

  private KeyRepository book;
  private KeyMaker maker;
  private volatile Held held = NOTHING;

  KeyRing() {}

  @Inject
  KeyRing(KeyRepository book, KeyMaker maker) {
    this.book = book;
    this.maker = maker;
  }

  /** All that tokens in force may have been signed with, the oldest first; there is always one. */
  private List<StoredKey> published() {
    var now = Instant.now();
    var keys = held;
    if (keys.readAt.plus(REREAD).isBefore(now)) {
      keys = new Held(read(now), now);
      held = keys;
    }
    return keys.list;
  }

  /** The one that signs. */
  public SigningKey signing() {
    return pair(SigningKeys.signing(published(), Instant.now()));
  }

  /** The published ones, as they are signed with. */
  public List<SigningKey> pairs() {
    return published().stream().map(KeyRing::pair).toList();
  }

  private static SigningKey pair(StoredKey key) {
    return new SigningKey(key.kid(), key.jwk());
  }

  private List<StoredKey> read(Instant time) {
    var now = time.truncatedTo(ChronoUnit.MICROS);
    var stored = book.all();
    if (stored.isEmpty()) {
      book.succeed(Optional.empty(), () -> SigningKeys.stored(maker.make(), now, now));
      stored = book.all();
    }
    return stored;
  }

  void forget(@Observes(during = TransactionPhase.AFTER_SUCCESS) KeysChanged change) {
    held = NOTHING;
  }

  private record Held(List<StoredKey> list, Instant readAt) {}
}
