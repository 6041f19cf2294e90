package emporion.user.keys.control;

import emporion.chassis.data.Sql;
import emporion.user.keys.entity.StoredKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The signing keys, in the order in which they sign. */
@ApplicationScoped
public class KeyRepository {
  private static final String ALL =
      """
      select kid, jwk, created_at, coalesce(signs_from, created_at) as since
      from signing_key order by since, kid\
      """;

  @Inject private Sql sql;

  /** Every key that is published. */
  public List<StoredKey> all() {
    return sql.list(StoredKey.class, ALL);
  }

  /**
   * Adds a key unless the newest one has become another meanwhile: of several replicas that find
   * the same key too old, one makes its successor.
   *
   * @param newest the key that was the newest when this was decided; empty where there was none
   */
  @Transactional
  public void succeed(Optional<String> newest, Supplier<StoredKey> successor) {
    var locked = sql.list(StoredKey.class, ALL + " for update");
    var last = locked.isEmpty() ? Optional.<String>empty() : Optional.of(locked.getLast().kid());
    if (last.equals(newest)) {
      add(successor.get());
    }
  }

  private void add(StoredKey key) {
    sql.update(
        "insert into signing_key (kid, jwk, created_at, signs_from) values (?, ?, ?, ?)",
        key.kid(),
        key.jwk(),
        key.createdAt(),
        key.signsFrom());
  }

  /** Whether there was such a key; nobody finds it any more. */
  public boolean remove(String kid) {
    return sql.update("delete from signing_key where kid = ?", kid) > 0;
  }
}
