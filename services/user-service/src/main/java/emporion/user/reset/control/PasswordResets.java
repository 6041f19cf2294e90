package emporion.user.reset.control;

import emporion.chassis.data.Expiry;
import emporion.chassis.data.Ids;
import emporion.chassis.data.Sql;
import emporion.chassis.data.Sweep;
import emporion.chassis.messaging.Outbox;
import emporion.chassis.security.SignedIds;
import emporion.user.accounts.control.Accounts;
import emporion.user.accounts.control.Credentials;
import emporion.user.accounts.entity.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Requests for a new password. Each is good for one password, for a short time. Its secret is its
 * signed id, which notification-service makes when the mail leaves: it stands in no event and in no
 * database.
 */
@ApplicationScoped
public class PasswordResets implements Sweep {
  /** So many mails of this kind at a time; whoever floods a mailbox gets no further. */
  private static final int OPEN_AT_A_TIME = 3;

  /** For those who ask why a link of theirs does not work. */
  private static final Duration KEPT = Duration.ofHours(1);

  @Inject private Sql sql;
  private Accounts accounts;
  private Credentials credentials;
  private Optional<SignedIds> tokens;
  private Outbox outbox;
  private Expiry expiry;
  private Duration lifetime;

  PasswordResets() {}

  @Inject
  PasswordResets(
      Accounts accounts,
      Credentials credentials,
      Outbox outbox,
      Expiry expiry,
      @ConfigProperty(name = "emporion.reset.key") Optional<String> key,
      @ConfigProperty(name = "emporion.reset.lifetime") Duration lifetime) {
    this.accounts = accounts;
    this.credentials = credentials;
    tokens = key.map(SignedIds::new);
    this.outbox = outbox;
    this.expiry = expiry;
    this.lifetime = lifetime;
  }

  /**
   * Asks for a mail to the account of an address. An address that is unknown, or was set without
   * the password, leaves a trace in the database as well, so that the answer takes as long.
   *
   * @return false where this shop sends no such mails
   */
  @Transactional
  public boolean request(String email) {
    if (tokens.isEmpty()) {
      return false;
    }
    var user = accounts.addressed(email).filter(PasswordResets::mayUseLinks);
    var id = Ids.next();
    var expires = Instant.now().truncatedTo(ChronoUnit.MICROS).plus(lifetime);
    var open = open(user.map(User::id).orElse(id));
    sql.update(
        "insert into password_reset (id, user_id, expires_at) values (?, ?, ?)",
        id,
        Sql.orNull(user.map(User::id).orElse(null)),
        expires);
    user.filter(who -> open < OPEN_AT_A_TIME)
        .ifPresent(
            who ->
                outbox.record(
                    "password_reset_requested",
                    id,
                    0,
                    new PasswordResetRequested(id, who.id(), expires)));
    return true;
  }

  /** Asked again when a link is redeemed: its mail may have followed the user to a new address. */
  private static boolean mayUseLinks(User user) {
    return user.active() && user.emailProven();
  }

  private long open(UUID userId) {
    return sql.count(
        """
        select count(*) from password_reset
        where user_id = ? and used_at is null and expires_at > ?\
        """,
        userId,
        Instant.now());
  }

  /**
   * Sets a password. Whoever was signed in has to sign in again, and no other link of the user
   * works any more.
   *
   * @throws LinkNotGood for a link that is not good
   * @throws emporion.user.accounts.control.WeakPassword for a password that is refused
   */
  @Transactional
  public void redeem(String token, String password) {
    var user =
        tokens.flatMap(ids -> ids.verify(token)).flatMap(this::spend).flatMap(accounts::find);
    var who = user.filter(PasswordResets::mayUseLinks).orElseThrow(LinkNotGood::new);
    accounts.setPassword(who.id(), credentials.hash(password, who.username(), who.email()));
  }

  /** Whose it was; empty for one that was used or is too old. */
  private Optional<UUID> spend(UUID id) {
    var now = Instant.now();
    var owner =
        sql.find(
                Link.class,
                "select user_id, used_at, expires_at from password_reset where id = ? for update",
                id)
            .filter(link -> link.isGood(now))
            .map(Link::userId);
    owner.ifPresent(
        userId ->
            sql.update(
                "update password_reset set used_at = ? where user_id = ? and used_at is null",
                now,
                userId));
    return owner;
  }

  private record Link(UUID userId, Instant usedAt, Instant expiresAt) {
    private boolean isGood(Instant now) {
      return userId != null && usedAt == null && expiresAt.isAfter(now);
    }
  }

  @Override
  public String name() {
    return "password_reset";
  }

  @Override
  public boolean sweep(Instant now) {
    return expiry.delete("password_reset", "expires_at", now.minus(KEPT));
  }

  record PasswordResetRequested(UUID resetId, UUID userId, Instant expiresAt) {}
}
