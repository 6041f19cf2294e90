package emporion.notification.messages.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One mail to one user, from its composing to its end. */
@Entity
@Table(name = "notification")
public class Notification {
  private static final int MAX_ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int GROWTH = 4;
  private static final int MAX_ERROR = 500;

  @Id private UUID id;

  @Column(name = "user_id")
  private UUID userId;

  @Enumerated(EnumType.STRING)
  private Kind kind;

  @Column(name = "order_id")
  private UUID orderId;

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
      forgetErased();
    }
  }

  /** Whether nothing is kept of it once it was sent. */
  public boolean isLast() {
    return kind == Kind.USER_ERASED;
  }

  /** The last mail to a user: once its way has ended, nothing is kept of where it went. */
  private void forgetErased() {
    if (isLast()) {
      address = null;
      subject = "";
      text = null;
      html = null;
      lastError = null;
    }
  }

  /**
   * An attempt failed: there is a next one after 1 s, 4 s, 16 s and so on up to 10 minutes, unless
   * it was the tenth.
   *
   * @param attempt which one; ignored unless it is the latest
   * @param forGood whether another attempt is pointless
   */
  public void refused(int attempt, String error, boolean forGood, Instant now) {
    if (status != Status.QUEUED || attempt != attempts) {
      return;
    }
    lastError = error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error;
    if (forGood || attempts >= MAX_ATTEMPTS) {
      status = Status.FAILED;
      forgetErased();
    } else {
      nextAttemptAt = now.plus(pause(attempts));
    }
  }

  /** Whether it was taken up more often than it is tried: something ends its attempts unseen. */
  public boolean exhausted() {
    return attempts > MAX_ATTEMPTS;
  }

  static Duration pause(int attempts) {
    var pause = FIRST_PAUSE;
    for (int i = 1; i < attempts && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(GROWTH);
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Will not be sent. */
  public void drop() {
    status = Status.DROPPED;
  }

  /** Whether it can be sent again: its first way has ended, and its content is still there. */
  public boolean repeatable() {
    return (status == Status.SENT || status == Status.FAILED) && text != null;
  }

  /** Sends it again, as a message of its own. */
  public void repeat(String email, Instant now) {
    redeliveries++;
    attempts = 0;
    lastError = null;
    addressTo(email, now);
  }

  /**
   * What makes the message recognisable: every attempt at one delivery has the same, a redelivery
   * another, because a mailbox may hide what it has seen before.
   */
  public String messageKey() {
    return redeliveries == 0 ? id.toString() : id + "." + redeliveries;
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
