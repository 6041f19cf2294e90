package emporion.user.keys.control;

import emporion.chassis.data.Rows;
import emporion.user.keys.entity.StoredKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The signing keys, in the order in which they sign. */
@ApplicationScoped
@Transactional
public class KeyRepository {
  @Inject private EntityManager database;

  /** Every key that is published. */
  public List<StoredKey> all() {
    return read("");
  }

  /**
   * Adds a key unless the newest one has become another meanwhile: of several replicas that find
   * the same key too old, one makes its successor.
   *
   * @param newest the key that was the newest when this was decided; empty where there was none
   */
  public void succeed(Optional<String> newest, Supplier<StoredKey> successor) {
    var locked = read(" for update");
    var last = locked.isEmpty() ? Optional.<String>empty() : Optional.of(locked.getLast().kid());
    if (last.equals(newest)) {
      add(successor.get());
    }
  }

  private List<StoredKey> read(String lock) {
    var query =
        database.createNativeQuery(
            "select kid, jwk, created_at, coalesce(signs_from, created_at) as since"
                + " from signing_key order by since, kid"
                + lock);
    return Rows.of(query).stream()
        .map(
            row ->
                new StoredKey(
                    (String) row[0], (String) row[1], Rows.instant(row[2]), Rows.instant(row[3])))
        .toList();
  }

  private void add(StoredKey key) {
    database
        .createNativeQuery(
            "insert into signing_key (kid, jwk, created_at, signs_from)"
                + " values (:kid, :jwk, :created, :since)")
        .setParameter("kid", key.kid())
        .setParameter("jwk", key.jwk())
        .setParameter("created", key.createdAt())
        .setParameter("since", key.signsFrom())
        .executeUpdate();
  }

  /** Whether there was such a key; nobody finds it any more. */
  public boolean remove(String kid) {
    return database
            .createNativeQuery("delete from signing_key where kid = :kid")
            .setParameter("kid", kid)
            .executeUpdate()
        > 0;
  }
}
