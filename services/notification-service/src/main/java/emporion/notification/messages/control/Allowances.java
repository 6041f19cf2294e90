package emporion.notification.messages.control;

import emporion.chassis.data.Expiry;
import emporion.chassis.data.Sql;
import emporion.chassis.data.Sweep;
import emporion.notification.messages.entity.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many mails about accounts a mailbox may get in a day, whoever asks for them: anybody can
 * register with, move to or forget the password of an address that is not theirs, as often as they
 * like. A mailbox is kept as a digest, and for a day: it outlives the accounts that share it.
 */
@ApplicationScoped
class Allowances implements Sweep {
  private static final Duration WINDOW = Duration.ofDays(1);

  @Inject private Sql sql;
  private Expiry expiry;
  private int aDay;

  Allowances() {}

  @Inject
  Allowances(Expiry expiry, @ConfigProperty(name = "emporion.mail.account-news-a-day") int aDay) {
    this.expiry = expiry;
    this.aDay = aDay;
  }

  /** Whether one more mail of this kind may go to an address; counts it if so. */
  @Transactional(TxType.MANDATORY)
  boolean take(Kind kind, String email) {
    var mailbox = digest(mailbox(email));
    boolean may = taken(kind, mailbox) < aDay;
    if (may) {
      sql.update(
          "insert into account_mail (mailbox, kind, written_at) values (?, ?, ?)",
          mailbox,
          kind,
          Instant.now());
    }
    return may;
  }

  private long taken(Kind kind, String mailbox) {
    return sql.count(
        "select count(*) from account_mail where mailbox = ? and kind = ? and written_at > ?",
        mailbox,
        kind,
        Instant.now().minus(WINDOW));
  }

  /** Many providers pass over case, dots and what follows a plus. */
  private static String mailbox(String email) {
    int at = email.lastIndexOf('@');
    var name = email.substring(0, at).replace(".", "");
    int plus = name.indexOf('+');
    return (plus > 0 ? name.substring(0, plus) : name).toLowerCase(Locale.ROOT)
        + email.substring(at).toLowerCase(Locale.ROOT);
  }

  private static String digest(String text) {
    try {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public String name() {
    return "account_mail";
  }

  @Override
  public boolean sweep(Instant now) {
    return expiry.delete("account_mail", "written_at", now.minus(WINDOW));
  }
}
