package emporion.notification.messages.control;

import emporion.notification.adapter.Smtp;
import emporion.notification.adapter.Smtp.Reply;
import emporion.notification.messages.entity.Failure;
import jakarta.mail.MessagingException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an SMTP server's refusal means for the next attempt: by its enhanced status code (RFC 3463)
 * where it has one, or else by its reply code (RFC 5321, section 4.2.3).
 */
final class SmtpRefusals {
  private static final Pattern ENHANCED =
      Pattern.compile("^\\d{3}[ -]([45])\\.(\\d{1,3})\\.(\\d{1,3})\\b");
  private static final int ADDRESS = 1;

  /** The sender's address is bad, its syntax or its system. */
  private static final Set<Integer> SENDERS = Set.of(7, 8);

  private static final int MAILBOX = 2;
  private static final int DISABLED = 1;
  private static final int FULL = 2;

  /** No such mailbox, in the words of RFC 5321: unknown, not local, not allowed, moved. */
  private static final Set<Integer> NOBODY = Set.of(550, 551, 553);

  private static final Set<Integer> NO_ROOM = Set.of(452, 552);

  private SmtpRefusals() {}

  /** The gravest of what the server said; temporary where it said nothing. */
  static Failure meaning(MessagingException failure) {
    return Smtp.replies(failure).stream()
        .map(SmtpRefusals::meaning)
        .reduce(Failure.TEMPORARY, (a, b) -> a.isForGood() || b == Failure.TEMPORARY ? a : b);
  }

  static Failure meaning(Reply reply) {
    var enhanced = ENHANCED.matcher(reply.text());
    return enhanced.find()
        ? meaning(
            reply.code() >= 500,
            Integer.parseInt(enhanced.group(2)),
            Integer.parseInt(enhanced.group(3)))
        : plain(reply.code());
  }

  /** Whether it is for good says the reply: the class of the enhanced code should be the same. */
  private static Failure meaning(boolean forGood, int subject, int detail) {
    if (subject == MAILBOX && detail == FULL) {
      return Failure.MAILBOX_FULL;
    }
    boolean address =
        subject == ADDRESS && !SENDERS.contains(detail) || subject == MAILBOX && detail == DISABLED;
    return !forGood ? Failure.TEMPORARY : address ? Failure.BAD_ADDRESS : Failure.REFUSED;
  }

  private static Failure plain(int code) {
    if (NO_ROOM.contains(code)) {
      return Failure.MAILBOX_FULL;
    }
    return code < 500
        ? Failure.TEMPORARY
        : NOBODY.contains(code) ? Failure.BAD_ADDRESS : Failure.REFUSED;
  }
}
