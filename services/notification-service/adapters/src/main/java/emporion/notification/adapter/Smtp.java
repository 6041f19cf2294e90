package emporion.notification.adapter;

import emporion.chassis.tls.Trust;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.util.StreamProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** What Jakarta Mail does not say in words of its own: whom it trusts, and what a server said. */
public final class Smtp {
  /** Of our own authentication (RFC 4954, section 6), which an operator can set right. */
  private static final Set<Integer> OURS = Set.of(530, 534, 535, 538);

  private static final int FIRST_REFUSAL = 400;

  static {
    // Jakarta Mail asks for it several times a mail, and would open jars to find it each time.
    System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
  }

  private Smtp() {}

  /** Lets a session's connections over TLS reach whom this process trusts, at the name it has. */
  public static void trust(Properties session) {
    session.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    session.put("mail.smtp.ssl.socketFactory", Trust.context().getSocketFactory());
  }

  /** Whether the server takes addresses with other letters than ASCII's (RFC 6531). */
  public static boolean takesUtf8(Transport transport) {
    return ((SMTPTransport) transport).supportsExtension("SMTPUTF8");
  }

  /**
   * What a server said.
   *
   * @param code the reply's code (RFC 5321, section 4.2), from 400 on
   * @param text the whole reply, its enhanced status code (RFC 3463) included
   */
  public record Reply(int code, String text) {}

  /** The server's refusals behind a failure, in order; empty where it has said nothing. */
  public static List<Reply> replies(MessagingException failure) {
    var replies = new ArrayList<Reply>();
    for (Exception cause = failure; cause != null; cause = next(cause)) {
      int code = code(cause);
      if (code >= FIRST_REFUSAL && !OURS.contains(code)) {
        replies.add(new Reply(code, String.valueOf(cause.getMessage()).strip()));
      }
    }
    return replies;
  }

  private static Exception next(Exception failure) {
    return failure instanceof MessagingException mail ? mail.getNextException() : null;
  }

  private static int code(Exception failure) {
    return switch (failure) {
      case SMTPSendFailedException e -> e.getReturnCode();
      case SMTPSenderFailedException e -> e.getReturnCode();
      case SMTPAddressFailedException e -> e.getReturnCode();
      default -> 0;
    };
  }
}
