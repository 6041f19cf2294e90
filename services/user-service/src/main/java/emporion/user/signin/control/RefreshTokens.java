package emporion.user.signin.control;

import emporion.chassis.data.Expiry;
import emporion.chassis.data.Ids;
import emporion.chassis.data.Rows;
import emporion.chassis.data.Sweep;
import emporion.user.accounts.control.Accounts.SessionsEnd;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opaque tokens of 256 random bits; the database holds their SHA-256 only. */
@ApplicationScoped
@Transactional
public class RefreshTokens implements Sweep {
  private static final int BYTES = 32;

  /** In place of a client's name. */
  private static final String NOBODY = "";

  private final SecureRandom random = new SecureRandom();
  @Inject private EntityManager database;
  private Expiry expiry;
  private Duration lifetime;

  RefreshTokens() {}

  @Inject
  RefreshTokens(
      Expiry expiry, @ConfigProperty(name = "emporion.refresh.lifetime") Duration lifetime) {
    this.expiry = expiry;
    this.lifetime = lifetime;
  }

  /**
   * The first token of a new family, for a user who has just signed in.
   *
   * @param client the only one that can use it; empty for whoever has it
   * @param origin the address of whoever signed in
   */
  public String issue(UUID userId, Optional<String> client, String origin) {
    return issue(new Session(userId, Ids.next(), client.orElse(NOBODY), origin));
  }

  /** Whether the user is signed in, or was lately, from there. */
  public boolean knows(UUID userId, String origin) {
    return !database
        .createNativeQuery(
            "select family from refresh_token where user_id = :user and origin = :origin"
                + " and expires_at > :now")
        .setParameter("user", userId)
        .setParameter("origin", origin)
        .setParameter("now", Instant.now())
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /**
   * Ends the family of a token; nothing for a token that nobody has (RFC 7009, section 2.2), or
   * another client.
   */
  public void revoke(String token, Optional<String> client) {
    database
        .createNativeQuery(
            "delete from refresh_token where family in"
                + " (select family from refresh_token where token_hash = :hash"
                + " and client = :client)")
        .setParameter("hash", hash(token))
        .setParameter("client", client.orElse(NOBODY))
        .executeUpdate();
  }

  void end(@Observes SessionsEnd end) {
    database
        .createNativeQuery("delete from refresh_token where user_id = :user")
        .setParameter("user", end.userId())
        .executeUpdate();
  }

  @Override
  public String name() {
    return "refresh_token";
  }

  @Override
  public boolean sweep(Instant now) {
    return expiry.delete("refresh_token", "expires_at", now);
  }

  /**
   * Spends a token.
   *
   * @return whose it was and its successor; empty for a token that is unknown, another client's,
   *     expired or was used before. The last of these ends the family: one of its two users is a
   *     thief.
   */
  public Optional<Rotation> rotate(String token, Optional<String> client) {
    var query =
        database
            .createNativeQuery(
                "select family, user_id, used_at, expires_at, origin, client from refresh_token"
                    + " where token_hash = :hash and client = :client for update")
            .setParameter("hash", hash(token))
            .setParameter("client", client.orElse(NOBODY));
    return Rows.of(query).stream().findFirst().flatMap(row -> rotate(token, row));
  }

  private Optional<Rotation> rotate(String token, Object[] row) {
    var family = Rows.id(row[0]);
    var userId = Rows.id(row[1]);
    if (row[2] != null) {
      end(family);
      return Optional.empty();
    }
    if (Rows.instant(row[3]).isBefore(Instant.now())) {
      return Optional.empty();
    }
    database
        .createNativeQuery("update refresh_token set used_at = :now where token_hash = :hash")
        .setParameter("now", Instant.now())
        .setParameter("hash", hash(token))
        .executeUpdate();
    var session = new Session(userId, family, (String) row[5], (String) row[4]);
    return Optional.of(new Rotation(userId, issue(session)));
  }

  private void end(UUID family) {
    database
        .createNativeQuery("delete from refresh_token where family = :family")
        .setParameter("family", family)
        .executeUpdate();
  }

  private String issue(Session session) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    database
        .createNativeQuery(
            "insert into refresh_token (token_hash, family, user_id, expires_at, origin, client)"
                + " values (:hash, :family, :user, :expires, :origin, :client)")
        .setParameter("hash", hash(token))
        .setParameter("family", session.family)
        .setParameter("user", session.userId)
        .setParameter("expires", Instant.now().plus(lifetime))
        .setParameter("origin", session.origin)
        .setParameter("client", session.client)
        .executeUpdate();
    return token;
  }

  private static String hash(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** A sign-in, and what all its tokens have in common. */
  private record Session(UUID userId, UUID family, String client, String origin) {}

  /** What became of a spent token. */
  public record Rotation(UUID userId, String successor) {
    @Override
    public String toString() {
      return userId.toString();
    }
  }
}
