package emporion.notification.messages.entity;

import java.util.UUID;

/**
 * A notification as it was taken up to be sent, without what its sender need not know.
 *
 * @param attempts how often it was taken up, this time included
 * @param redeliveries how often it was sent again by hand
 * @param version as of this taking: whatever happens to the notification meanwhile changes it
 */
public record Delivery(
    UUID id,
    Kind kind,
    String address,
    String subject,
    String text,
    String html,
    int attempts,
    int redeliveries,
    long version) {

  /** What it says. */
  public Letter letter() {
    return new Letter(subject, text, html);
  }

  /** Whether it was taken up more often than it is tried: something ends its attempts unseen. */
  public boolean exhausted() {
    return attempts > Notification.MAX_ATTEMPTS;
  }

  /**
   * What makes the message recognisable: every attempt at one delivery has the same, a redelivery
   * another, because a mailbox may hide what it has seen before.
   */
  public String messageKey() {
    return redeliveries == 0 ? id.toString() : id + "." + redeliveries;
  }
}
