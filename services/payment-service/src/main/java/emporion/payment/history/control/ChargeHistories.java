package emporion.payment.history.control;

import emporion.chassis.messaging.Outbox;
import emporion.chassis.messaging.Publication;
import emporion.chassis.refusal.Missing;
import emporion.payment.charges.control.Charges;
import emporion.payment.charges.entity.Payment;
import emporion.payment.refunds.control.RefundRepository;
import emporion.payment.refunds.entity.Refund;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The history of a charge, in three reads however much there is. */
@ApplicationScoped
public class ChargeHistories {
  /** So many of the newest refunds and events are told. */
  public static final int MOST = 100;

  private Charges charges;
  private RefundRepository refunds;
  private Outbox outbox;

  ChargeHistories() {}

  @Inject
  ChargeHistories(Charges charges, RefundRepository refunds, Outbox outbox) {
    this.charges = charges;
    this.refunds = refunds;
    this.outbox = outbox;
  }

  /**
   * The history of a key.
   *
   * @throws Missing for an unknown key
   */
  public ChargeHistory find(String key) {
    return charges
        .find(key)
        .map(
            payment ->
                new ChargeHistory(
                    Optional.of(payment),
                    refunds.newest(payment.id(), MOST),
                    outbox.about(payment.id(), MOST)))
        .orElseGet(() -> new ChargeHistory(Optional.empty(), List.of(), List.of()));
  }

  /**
   * What has become of a charge.
   *
   * @param payment empty for a key that was voided before it was charged
   * @param refunds the newest of them, the oldest first, what a void gave back among them
   * @param events that were told of the payment and are still kept, the oldest first
   */
  public record ChargeHistory(
      Optional<Payment> payment, List<Refund> refunds, List<Publication> events) {}
}
