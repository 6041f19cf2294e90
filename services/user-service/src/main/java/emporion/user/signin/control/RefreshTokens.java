package emporion.user.signin.control;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Rows;
import jakarta.enterprise.context.ApplicationScoped;
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
public class RefreshTokens {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  @Inject private EntityManager database;
  private Duration lifetime;

  RefreshTokens() {}

  @Inject
  RefreshTokens(@ConfigProperty(name = "emporion.refresh.lifetime") Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** The first token of a new family, for a user who has just signed in. */
  public String issue(UUID userId) {
    return issue(userId, Ids.next());
  }

  /**
   * Spends a token.
   *
   * @return whose it was and its successor; empty for a token that is unknown, expired or was used
   *     before. The last of these ends the family: one of its two users is a thief.
   */
  public Optional<Rotation> rotate(String token) {
    var query =
        database
            .createNativeQuery(
                "select family, user_id, used_at, expires_at from refresh_token"
                    + " where token_hash = :hash for update")
            .setParameter("hash", hash(token));
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
    return Optional.of(new Rotation(userId, issue(userId, family)));
  }

  private void end(UUID family) {
    database
        .createNativeQuery("delete from refresh_token where family = :family")
        .setParameter("family", family)
        .executeUpdate();
  }

  private String issue(UUID userId, UUID family) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    database
        .createNativeQuery(
            "insert into refresh_token (token_hash, family, user_id, expires_at)"
                + " values (:hash, :family, :user, :expires)")
        .setParameter("hash", hash(token))
        .setParameter("family", family)
        .setParameter("user", userId)
        .setParameter("expires", Instant.now().plus(lifetime))
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

  /** What became of a spent token. */
  public record Rotation(UUID userId, String successor) {
    @Override
    public String toString() {
      return userId.toString();
    }
  }
}
