package emporion.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * A real SMTP server behind STARTTLS that keeps what it is given, refuses on demand, can be away
 * and can pretend to be another one.
 */
public final class TestMailbox {
  private static final String TEXT = "text to ";

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final Map<String, RemoteError> refusals = new ConcurrentHashMap<>();
  private final AtomicInteger visits = new AtomicInteger();
  private final SSLContext own;
  private int port;
  private SMTPServer server;

  private record RemoteError(int code, int times) {}

  private TestMailbox(SSLContext own) {
    this.own = own;
  }

  static TestMailbox start(SSLContext own) {
    var mailbox = new TestMailbox(own);
    mailbox.open();
    return mailbox;
  }

  /** Comes back on the port where it was. */
  public void open() {
    open(own);
  }

  /** The same with another certificate than its own. */
  public void open(SSLContext certificate) {
    open(builder().requireTLS().startTlsSocketFactory(certificate));
  }

  /** The same without a word of STARTTLS, as if somebody on the way had taken it out. */
  public void openInTheClear() {
    open(builder());
  }

  private void open(SMTPServer.Builder builder) {
    server = builder.build();
    server.start();
    port = server.getPortAllocated();
  }

  private SMTPServer.Builder builder() {
    return SMTPServer.port(port)
        .sessionHandler(new Visits())
        .bindAddress(InetAddress.getLoopbackAddress())
        .messageHandlerFactory(context -> new Keeper())
        .insertReceivedHeaders(false);
  }

  /** Away: connections are refused. */
  public void close() {
    server.stop();
  }

  int port() {
    return port;
  }

  /** How often somebody has knocked. */
  public int visits() {
    return visits.get();
  }

  /** Refuses the next mails to an address with this code (RFC 5321, section 4.2). */
  public void refuse(String address, int code, int times) {
    refusals.put(address, new RemoteError(code, times));
  }

  /** Refuses the next mails to an address with this code after having read them. */
  public void refuseText(String address, int code, int times) {
    refuse(TEXT + address, code, times);
  }

  /** What has come for an address, in the order of arrival. */
  public List<Mail> to(String address) {
    return mails.stream().filter(mail -> mail.recipients.contains(address)).toList();
  }

  /** Everything that has come. */
  public List<Mail> all() {
    return List.copyOf(mails);
  }

  private int refusal(String address) {
    var refusal = refusals.get(address);
    if (refusal == null || refusal.times == 0) {
      return 0;
    }
    refusals.put(address, new RemoteError(refusal.code, refusal.times - 1));
    return refusal.code;
  }

  /**
   * A mail as it came.
   *
   * @param recipients of the envelope
   * @param raw its octets as ISO 8859-1
   */
  public record Mail(List<String> recipients, String raw) {

    /** The lines before the first empty one. */
    public List<String> headerLines() {
      return List.of(raw.substring(0, raw.indexOf("\r\n\r\n")).split("\r\n"));
    }

    /** A header's values, decoded; empty where it is absent. */
    public List<String> header(String name) {
      try {
        var values = parsed().getHeader(name);
        return values == null ? List.of() : List.of(values);
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }

    public String subject() {
      try {
        return parsed().getSubject();
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }

    public String text() {
      return alternative(0, "text/plain");
    }

    public String html() {
      return alternative(1, "text/html");
    }

    private String alternative(int index, String type) {
      try {
        var message = parsed();
        if (!message.isMimeType("multipart/alternative")) {
          throw new IllegalStateException("It is " + message.getContentType());
        }
        Part part = ((Multipart) message.getContent()).getBodyPart(index);
        if (!part.isMimeType(type)) {
          throw new IllegalStateException("The part is " + part.getContentType());
        }
        return (String) part.getContent();
      } catch (MessagingException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private MimeMessage parsed() throws MessagingException {
      return new MimeMessage(
          null, new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  private final class Visits implements SessionHandler {
    @Override
    public SessionAcceptance accept(Session session) {
      visits.incrementAndGet();
      return SessionAcceptance.success();
    }

    @Override
    public void onSessionEnd(Session session) {}
  }

  private final class Keeper implements MessageHandler {
    private final List<String> recipients = new ArrayList<>();

    @Override
    public void from(String from) {}

    @Override
    public void recipient(String recipient) throws RejectException {
      int code = refusal(recipient);
      if (code > 0) {
        throw new RejectException(code, "Not now, " + recipient);
      }
      recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws IOException, RejectException {
      var raw = new String(data.readAllBytes(), StandardCharsets.ISO_8859_1);
      int code = refusal(TEXT + recipients.getFirst());
      if (code > 0) {
        throw new RejectException(code, "Not this text");
      }
      mails.add(new Mail(Collections.unmodifiableList(recipients), raw));
      return null;
    }

    @Override
    public void done() {}
  }
}
