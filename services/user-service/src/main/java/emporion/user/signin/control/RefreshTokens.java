package emporion.user.signin.control;

import emporion.chassis.data.Expiry;
import emporion.chassis.data.Ids;
import emporion.chassis.data.Sql;
import emporion.chassis.data.Sweep;
import emporion.user.accounts.control.Accounts.SessionsEnd;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
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
public class RefreshTokens implements Sweep {
  private static final int BYTES = 32;

  /** In place of a client's name. */
  private static final String NOBODY = "";

  private final SecureRandom random = new SecureRandom();
  @Inject private Sql sql;
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
    return sql.find(
            UUID.class,
            """
            select family from refresh_token
            where user_id = ? and origin = ? and expires_at > ? fetch first row only\
            """,
            userId,
            origin,
            Instant.now())
        .isPresent();
  }

  /**
   * Ends the family of a token; nothing for a token that nobody has (RFC 7009, section 2.2), or
   * another client.
   */
  public void revoke(String token, Optional<String> client) {
    sql.update(
        """
        delete from refresh_token where family in
          (select family from refresh_token where token_hash = ? and client = ?)\
        """,
        hash(token),
        client.orElse(NOBODY));
  }

  void end(@Observes SessionsEnd end) {
    sql.update("delete from refresh_token where user_id = ?", end.userId());
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
  @Transactional
  public Optional<Rotation> rotate(String token, Optional<String> client) {
    return sql.find(
            Token.class,
            """
            select user_id, family, client, origin, used_at, expires_at from refresh_token
            where token_hash = ? and client = ? for update\
            """,
            hash(token),
            client.orElse(NOBODY))
        .flatMap(row -> rotate(token, row));
  }

  private Optional<Rotation> rotate(String token, Token row) {
    if (row.usedAt != null) {
      end(row.family);
      return Optional.empty();
    }
    var now = Instant.now();
    if (row.expiresAt.isBefore(now)) {
      return Optional.empty();
    }
    sql.update("update refresh_token set used_at = ? where token_hash = ?", now, hash(token));
    return Optional.of(new Rotation(row.userId, issue(row.session())));
  }

  private void end(UUID family) {
    sql.update("delete from refresh_token where family = ?", family);
  }

  private String issue(Session session) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    sql.update(
        """
        insert into refresh_token (token_hash, family, user_id, expires_at, origin, client)
        values (?, ?, ?, ?, ?, ?)\
        """,
        hash(token),
        session.family,
        session.userId,
        Instant.now().plus(lifetime),
        Sql.orNull(session.origin), // unknown of those from before it was kept
        session.client);
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

  private record Token(
      UUID userId, UUID family, String client, String origin, Instant usedAt, Instant expiresAt) {
    private Session session() {
      return new Session(userId, family, client, origin);
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
