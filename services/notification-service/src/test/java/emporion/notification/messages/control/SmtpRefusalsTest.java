package emporion.notification.messages.control;

import static emporion.notification.messages.entity.Failure.BAD_ADDRESS;
import static emporion.notification.messages.entity.Failure.MAILBOX_FULL;
import static emporion.notification.messages.entity.Failure.REFUSED;
import static emporion.notification.messages.entity.Failure.TEMPORARY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.notification.adapter.Smtp.Reply;
import emporion.notification.messages.entity.Failure;
import org.junit.jupiter.api.Test;

/** The replies are such as large mail servers give. */
class SmtpRefusalsTest {
  @Test
  void whatIsAboutTheAddress() {
    means(BAD_ADDRESS, "550 5.1.1 The email account that you tried to reach does not exist.");
    means(BAD_ADDRESS, "550-5.1.10 RESOLVER.ADR.RecipientNotFound");
    means(BAD_ADDRESS, "554 5.2.1 The account is disabled");
    means(BAD_ADDRESS, "550 no such user");
    means(BAD_ADDRESS, "553 mailbox name not allowed");
    means(TEMPORARY, "450 4.1.2 Domain not found for now");
  }

  @Test
  void whatIsAboutTheRoomThere() {
    means(MAILBOX_FULL, "552 5.2.2 The inbox is out of storage space");
    means(MAILBOX_FULL, "452 4.2.2 The inbox is out of storage space");
    means(MAILBOX_FULL, "552 too much");
  }

  @Test
  void whatIsAboutUs() {
    means(REFUSED, "550 5.7.1 This looks like spam");
    means(REFUSED, "554 5.7.26 Not authenticated by SPF");
    means(REFUSED, "553 5.1.8 The domain of the sender does not exist");
    means(REFUSED, "554 transaction failed");
    means(TEMPORARY, "450 4.7.1 Greylisted, come back in five minutes");
    means(TEMPORARY, "421 4.3.2 Shutting down");
    means(TEMPORARY, "451 later");
  }

  private static void means(Failure failure, String reply) {
    int code = Integer.parseInt(reply.substring(0, 3));
    assertEquals(failure, SmtpRefusals.meaning(new Reply(code, reply)), reply);
  }
}
