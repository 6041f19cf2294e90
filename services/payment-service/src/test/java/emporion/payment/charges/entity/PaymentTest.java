package emporion.payment.charges.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.chassis.refusal.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentTest {
  private static final Instant NOW = Instant.EPOCH;

  private static Payment pending() {
    return Payment.open(
        UUID.randomUUID(),
        "key",
        UUID.randomUUID(),
        UUID.randomUUID(),
        new Money(1_000, "EUR"),
        NOW);
  }

  private static Payment captured() {
    var payment = pending();
    payment.capture("ch_1", "visa", NOW);
    return payment;
  }

  @Test
  void promisesNeverExceedTheAmount() {
    var payment = captured();
    payment.promise(600, NOW);
    assertEquals(400, payment.remaining());
    var refusal = assertThrows(Refusal.class, () -> payment.promise(401, NOW));
    assertEquals("refund-exceeds-payment", refusal.slug());
    payment.promise(400, NOW);
    assertEquals(0, payment.remaining());
  }

  @Test
  void whatTheNetworkRefusesCanBePromisedAgain() {
    var payment = captured();
    payment.promise(1_000, NOW);
    payment.release(300, NOW);
    assertEquals(300, payment.remaining());
  }

  @Test
  void aRefundTellsItsShareAndTheSum() {
    var payment = captured();
    payment.promise(300, NOW);
    payment.promise(200, NOW);
    payment.refund(UUID.randomUUID(), 300, Cause.NONE, NOW);
    var event = payment.refund(UUID.randomUUID(), 200, Cause.NONE, NOW);
    assertEquals(new Money(200, "EUR"), event.amount());
    assertEquals(new Money(500, "EUR"), event.refundedTotal());
  }

  @Test
  void aVoidTakesBackWhatRefundsHaveLeft() {
    var payment = captured();
    payment.promise(300, NOW);
    payment.refund(UUID.randomUUID(), 300, Cause.NONE, NOW);
    var event = payment.giveBack(1_000, Cause.NONE, NOW);
    assertEquals(new Money(700, "EUR"), event.givenBack());
    assertEquals(new Money(1_000, "EUR"), payment.refunded());
    assertEquals(0, payment.remaining());
  }

  @Test
  void aRefundThatIsSettledAfterTheVoidChangesNoSum() {
    var payment = captured();
    payment.promise(300, NOW);
    payment.giveBack(1_000, Cause.NONE, NOW);
    payment.refund(UUID.randomUUID(), 300, Cause.NONE, NOW);
    payment.release(300, NOW);
    assertEquals(new Money(1_000, "EUR"), payment.refunded());
  }

  @Test
  void whatIsSettledStaysSettled() {
    var payment = pending();
    payment.decline(DeclineReason.EXPIRED_CARD, NOW);
    assertThrows(IllegalStateException.class, () -> payment.capture("ch_1", "visa", NOW));
    assertThrows(IllegalStateException.class, () -> payment.giveBack(0, Cause.NONE, NOW));
    assertThrows(Refusal.class, () -> payment.promise(1, NOW));
  }
}
