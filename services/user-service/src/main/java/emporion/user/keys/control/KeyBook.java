package emporion.user.keys.control;

import emporion.chassis.data.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** The signing keys, the oldest first. */
@ApplicationScoped
@Transactional
public class KeyBook {
  @Inject private EntityManager database;

  /** Every key that tokens may still be signed with. */
  public List<StoredKey> all() {
    var query =
        database.createNativeQuery("select kid, jwk from signing_key order by created_at, kid");
    return Rows.of(query).stream()
        .map(row -> new StoredKey((String) row[0], (String) row[1]))
        .toList();
  }

  /** Adds a key, which signs from now on. */
  public void add(StoredKey key) {
    database
        .createNativeQuery(
            "insert into signing_key (kid, jwk, created_at) values (:kid, :jwk, :now)")
        .setParameter("kid", key.kid())
        .setParameter("jwk", key.jwk())
        .setParameter("now", Instant.now())
        .executeUpdate();
  }

  /**
   * A key pair.
   *
   * @param jwk the private key as JWK (RFC 7517); a secret
   */
  public record StoredKey(String kid, String jwk) {
    @Override
    public String toString() {
      return kid;
    }
  }
}
