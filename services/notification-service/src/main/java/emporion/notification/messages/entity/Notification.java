package emporion.notification.messages.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What one user is told by one channel, from its composing to its end. */
@Entity
@Table(name = "notification")
public class Notification {
  static final int MAX_ATTEMPTS = 10;
  private static final int MAX_ERROR = 500;

  @Id private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Enumerated(EnumType.STRING)
  private Kind kind;

  @Column(name = "order_id")
  private UUID orderId;

  @Enumerated(EnumType.STRING)
  private Channel channel;

  private String address;
  private String subject;

  @Column(name = "body_text")
  private String text;

  @Column(name = "body_html")
  private String html;

  @Enumerated(EnumType.STRING)
  private Status status;

  private int attempts;
  private int redeliveries;

  @Column(name = "next_attempt_at")
  private Instant nextAttemptAt;

  @Column(name = "last_error")
  private String lastError;

  @Enumerated(EnumType.STRING)
  private Failure failure;

  @Column(name = "message_id")
  private String messageId;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "sent_at")
  private Instant sentAt;

  @Version private long version;

  protected Notification() {}

  /**
   * A mail that waits for the user's address.
   *
   * @param orderId null where it is about no order
   */
  public static Notification composed(
      UUID id, UUID userId, Kind kind, UUID orderId, Letter letter, Instant now) {
    var notification = new Notification();
    notification.id = id;
    notification.userId = userId;
    notification.kind = kind;
    notification.orderId = orderId;
    notification.channel = Channel.EMAIL;
    notification.subject = letter.subject();
    notification.text = letter.text();
    notification.html = letter.html();
    notification.status = Status.WAITING;
    notification.createdAt = now;
    return notification;
  }

  /** Goes to this address, from now on. */
  public void addressTo(String email, Instant now) {
    address = email;
    status = Status.QUEUED;
    nextAttemptAt = now;
  }

  /** The mail server has it. What was sent in spite of an erasure stays dropped. */
  public void sent(String asMessageId, Instant now) {
    if (status == Status.QUEUED || status == Status.FAILED) {
      status = Status.SENT;
      messageId = asMessageId;
      sentAt = now;
      lastError = null;
      failure = null;
      forgetErased();
    }
  }

  /** The last mail to a user: once its way has ended, nothing is kept of where it went. */
  private void forgetErased() {
    if (kind.isLast()) {
      address = null;
      subject = "";
      text = null;
      html = null;
      lastError = null;
    }
  }

  /**
   * An attempt failed: there is a next one as its {@link Failure} says, unless it was the tenth.
   *
   * @param attempt which one; ignored unless it is the latest
   * @return the attempt as it goes on record; empty where it is ignored
   */
  public Optional<Attempt> refused(int attempt, String error, Failure why, Instant now) {
    if (status != Status.QUEUED || attempt != attempts) {
      return Optional.empty();
    }
    lastError = error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error;
    failure = why;
    boolean last = why.isForGood() || attempts >= MAX_ATTEMPTS;
    if (last) {
      status = Status.FAILED;
      forgetErased();
    } else {
      nextAttemptAt = now.plus(why.pause(attempts));
    }
    return Optional.of(
        new Attempt(
            id,
            redeliveries,
            attempts,
            last ? Attempt.Outcome.FAILED : Attempt.Outcome.POSTPONED,
            why,
            null,
            lastError,
            now,
            last ? null : nextAttemptAt));
  }

  /** Will not be sent. */
  public void drop() {
    status = Status.DROPPED;
  }

  /** Whether it can be sent again: its first way has ended, and its content is still there. */
  public boolean repeatable() {
    return (status == Status.SENT || status == Status.FAILED) && text != null;
  }

  /**
   * Sends it again, as a message of its own.
   *
   * @return the attempt that had succeeded, which is history now; empty where none had
   */
  public Optional<Attempt> repeat(String email, Instant now) {
    var success = Optional.of(this).filter(it -> it.status == Status.SENT).map(Attempt::accepted);
    redeliveries++;
    attempts = 0;
    lastError = null;
    failure = null;
    addressTo(email, now);
    return success;
  }

  public UUID id() {
    return id;
  }

  public UUID userId() {
    return userId;
  }

  public Kind kind() {
    return kind;
  }

  public Optional<UUID> orderId() {
    return Optional.ofNullable(orderId);
  }

  /** Empty while the user's address is unknown, and after the user was erased. */
  public Optional<String> address() {
    return Optional.ofNullable(address);
  }

  /** What it says; the bodies are null after the user was erased. */
  public Letter letter() {
    return new Letter(subject, text, html);
  }

  public Status status() {
    return status;
  }

  public int attempts() {
    return attempts;
  }

  /** How often it was sent again by hand. */
  public int redeliveries() {
    return redeliveries;
  }

  public Channel channel() {
    return channel;
  }

  /** When it is due, or has been due last; empty before it is queued. */
  public Optional<Instant> nextAttemptAt() {
    return Optional.ofNullable(nextAttemptAt);
  }

  /** Why the last attempt has failed; empty unless it has. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** What the mail server said last, as long as the mail is not sent. */
  public Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  /** The message's own name; empty unless it was sent. */
  public Optional<String> messageId() {
    return Optional.ofNullable(messageId);
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Optional<Instant> sentAt() {
    return Optional.ofNullable(sentAt);
  }

  public long version() {
    return version;
  }
}
