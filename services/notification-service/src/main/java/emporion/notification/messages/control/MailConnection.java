package emporion.notification.messages.control;

import emporion.notification.messages.entity.Letter;
import emporion.notification.messages.entity.Notification;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Date;
import java.util.StringJoiner;

/** A conversation with the mail server, for one mail after the other. */
final class MailConnection implements AutoCloseable {
  private static final Logger LOG = System.getLogger(MailConnection.class.getName());
  private static final String CHARSET = "UTF-8";

  private final Session session;
  private final Transport transport;
  private final InternetAddress from;
  private final ResetLinks links;

  MailConnection(Session session, Transport transport, InternetAddress from, ResetLinks links) {
    this.session = session;
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
     * @param forGood whether the address can't be right, so that another attempt is pointless
     */
    record Refused(String error, boolean forGood) implements Outcome {}
  }

  Outcome send(Notification notification) {
    Message message;
    Address[] to;
    try {
      to = new Address[] {new InternetAddress(notification.address().orElse(""), true)};
      message = message(notification, to);
    } catch (MessagingException e) {
      return new Outcome.Refused(describe(e), true);
    } catch (IllegalStateException e) {
      return new Outcome.Refused(e.getMessage(), true);
    }
    try {
      transport.sendMessage(message, to);
      return new Outcome.Accepted(messageId(notification));
    } catch (SendFailedException e) {
      var invalid = e.getInvalidAddresses();
      return new Outcome.Refused(describe(e), invalid != null && invalid.length > 0);
    } catch (MessagingException e) {
      return new Outcome.Refused(describe(e), false);
    }
  }

  private Message message(Notification notification, Address[] to) throws MessagingException {
    var messageId = messageId(notification);
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
          }
        };
    var letter = links.fill(notification.letter());
    message.setFrom(from);
    message.setRecipients(Message.RecipientType.TO, to);
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

  private String messageId(Notification notification) {
    var address = from.getAddress();
    return "<" + notification.messageKey() + address.substring(address.indexOf('@')) + ">";
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

  /** Whether the server still answers. */
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
