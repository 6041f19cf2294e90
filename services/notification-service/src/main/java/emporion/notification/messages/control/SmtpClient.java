package emporion.notification.messages.control;

import emporion.notification.adapter.Smtp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The SMTP server (RFC 5321) that takes our mail, over TLS unless a setting renounces it. Who it is
 * to be is known by name and by an authority that this process trusts; nothing is said to another
 * one, and to none without encryption a password.
 */
@ApplicationScoped
class SmtpClient {
  private Session session;
  private Session utf8Session;
  private InternetAddress from;
  private ResetLinks links;

  SmtpClient() {}

  @Inject
  SmtpClient(
      @ConfigProperty(name = "emporion.smtp.host") String host,
      @ConfigProperty(name = "emporion.smtp.port") int port,
      @ConfigProperty(name = "emporion.smtp.username") Optional<String> username,
      @ConfigProperty(name = "emporion.smtp.password") Optional<String> password,
      @ConfigProperty(name = "emporion.smtp.tls") boolean tls,
      @ConfigProperty(name = "emporion.smtp.starttls") boolean starttls,
      @ConfigProperty(name = "emporion.smtp.connect-timeout") Duration connectTimeout,
      @ConfigProperty(name = "emporion.smtp.timeout") Duration timeout,
      @ConfigProperty(name = "emporion.smtp.from") String from,
      ResetLinks links)
      throws AddressException {
    this.from = new InternetAddress(from, true);
    this.links = links;
    var settings = new Properties();
    settings.setProperty("mail.smtp.host", host);
    settings.setProperty("mail.smtp.port", Integer.toString(port));
    settings.setProperty("mail.smtp.auth", Boolean.toString(username.isPresent()));
    var upgraded = Boolean.toString(!tls && (starttls || username.isPresent()));
    settings.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls));
    settings.setProperty("mail.smtp.starttls.enable", upgraded);
    settings.setProperty("mail.smtp.starttls.required", upgraded);
    Smtp.trust(settings);
    settings.setProperty("mail.smtp.connectiontimeout", Long.toString(connectTimeout.toMillis()));
    settings.setProperty("mail.smtp.timeout", Long.toString(timeout.toMillis()));
    settings.setProperty("mail.smtp.writetimeout", Long.toString(timeout.toMillis()));
    var login = login(username, password).orElse(null);
    session = Session.getInstance(settings, login);
    var utf8 = new Properties();
    utf8.putAll(settings);
    utf8.setProperty("mail.mime.allowutf8", "true");
    utf8Session = Session.getInstance(utf8, login);
  }

  private static Optional<Authenticator> login(
      Optional<String> username, Optional<String> password) {
    return username.map(
        name ->
            new Authenticator() {
              @Override
              protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(name, password.orElse(""));
              }
            });
  }

  /** A connection that is ready to take mails, until it is closed. */
  MailConnection connect() throws MessagingException {
    return new MailConnection(this, connected(session), from, links);
  }

  /** One that asks for SMTPUTF8 (RFC 6531) for each mail. */
  Transport connectUtf8() throws MessagingException {
    return connected(utf8Session);
  }

  private static Transport connected(Session session) throws MessagingException {
    var transport = session.getTransport("smtp");
    transport.connect();
    return transport;
  }

  /** What mails to addresses of ASCII are made for. */
  Session session() {
    return session;
  }

  /** What mails to other addresses are made for. */
  Session utf8Session() {
    return utf8Session;
  }
}
