package emporion.notification.messages.control;

import emporion.notification.adapter.Smtp;
import emporion.notification.messages.entity.Delivery;
import emporion.notification.messages.entity.Failure;
import emporion.notification.messages.entity.Letter;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.IDN;
import java.time.Instant;
import java.util.Date;
import java.util.StringJoiner;

/** A conversation with the mail server, for one mail after the other. */
final class MailConnection implements AutoCloseable {
  private static final Logger LOG = System.getLogger(MailConnection.class.getName());
  private static final String CHARSET = "UTF-8";
  private static final String NO_UTF8 =
      "The mail server takes no letters but ASCII's before the @ (it has no SMTPUTF8)";

  private final SmtpClient server;
  private final Transport transport;
  private final InternetAddress from;
  private final ResetLinks links;

  MailConnection(SmtpClient server, Transport transport, InternetAddress from, ResetLinks links) {
    this.server = server;
    this.transport = transport;
    this.from = from;
    this.links = links;
  }

  /** What the server made of a mail. */
  sealed interface Outcome {

    /** The server has it and answers for it. */
    record Accepted(String messageId) implements Outcome {}

    /**
     * The server did not take it.
     *
     * @param why decides about another attempt
     */
    record Refused(String error, Failure why) implements Outcome {}
  }

  Outcome send(Delivery delivery) {
    try {
      var to = recipient(delivery.address());
      if (isAscii(to)) {
        transport.sendMessage(message(delivery, to, server.session()), new Address[] {to});
        return new Outcome.Accepted(messageId(delivery));
      }
      return Smtp.takesUtf8(transport)
          ? sendUtf8(delivery, to)
          : new Outcome.Refused(NO_UTF8, Failure.BAD_ADDRESS);
    } catch (AddressException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()), Failure.BAD_ADDRESS);
    } catch (IllegalStateException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()), Failure.REFUSED);
    } catch (MessagingException e) {
      return new Outcome.Refused(describe(e), SmtpRefusals.meaning(e));
    } catch (Exception e) {
      return new Outcome.Refused(e.toString(), Failure.TEMPORARY);
    }
  }

  /** In a conversation of its own: no other mail should need servers that have SMTPUTF8. */
  private Outcome sendUtf8(Delivery delivery, InternetAddress to) throws MessagingException {
    try (var utf8 = server.connectUtf8()) {
      utf8.sendMessage(message(delivery, to, server.utf8Session()), new Address[] {to});
      return new Outcome.Accepted(messageId(delivery));
    }
  }

  /** With the domain in ASCII, as DNS has it. */
  private static InternetAddress recipient(String email) throws AddressException {
    int at = email.lastIndexOf('@') + 1;
    try {
      var domain = IDN.toASCII(email.substring(at), IDN.USE_STD3_ASCII_RULES);
      return new InternetAddress(email.substring(0, at) + domain, true);
    } catch (IllegalArgumentException e) {
      throw new AddressException("The domain is none: " + e.getMessage());
    }
  }

  private static boolean isAscii(InternetAddress to) {
    return to.getAddress().chars().allMatch(letter -> letter < 0x80);
  }

  private Message message(Delivery delivery, InternetAddress to, Session session)
      throws MessagingException {
    var messageId = messageId(delivery);
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
          }
        };
    var letter = links.fill(delivery.letter());
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, to);
    message.setSubject(letter.subject(), CHARSET);
    message.setSentDate(Date.from(Instant.now()));
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no holiday replies
    message.setContent(alternatives(letter));
    message.saveChanges();
    return message;
  }

  /** RFC 2046, section 5.1.4: the richest form comes last. */
  private static Multipart alternatives(Letter letter) throws MessagingException {
    var text = new MimeBodyPart();
    text.setText(letter.text(), CHARSET);
    var html = new MimeBodyPart();
    html.setText(letter.html(), CHARSET, "html");
    return new MimeMultipart("alternative", text, html);
  }

  private String messageId(Delivery delivery) {
    var address = from.getAddress();
    return "<" + delivery.messageKey() + address.substring(address.indexOf('@')) + ">";
  }

  private static String describe(MessagingException failure) {
    var words = new StringJoiner("; ");
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      words.add(String.valueOf(cause.getMessage()).strip());
    }
    return words.toString();
  }

  private static Throwable next(Throwable failure) {
    return failure instanceof MessagingException mail ? mail.getNextException() : null;
  }

  /** Asks the server whether it still answers (RFC 5321, section 4.1.1.9). */
  boolean alive() {
    return transport.isConnected();
  }

  @Override
  public void close() {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.log(Level.DEBUG, "The mail server was gone before the goodbye", e);
    }
  }
}
