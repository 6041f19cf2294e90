package emporion.order.clients;

import emporion.order.clients.ChargesApi.NewCharge;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.Saga;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The payment of an order at payment-service. Unknown is not failed: only a decline says that
 * nothing was charged. The breaker counts only what says that payment-service is away: its 504 is
 * about one slow card, and a few of those must not close the shop.
 *
 * <p>An order of nothing is neither charged nor undone. Its total never changes, so no attempt of
 * any worker has ever sent a charge that could be left over.
 */
@ApplicationScoped
@Timeout(2_000)
@CircuitBreaker(
    requestVolumeThreshold = 20,
    delay = 1_000,
    failOn = {ProcessingException.class, TimeoutException.class})
@Bulkhead(200)
public class Payments {
  private ChargesApi charges;

  Payments() {}

  @Inject
  Payments(@RestClient ChargesApi charges) {
    this.charges = charges;
  }

  /**
   * Charges the total. Empty when charged. Whatever else payment-service finds fault with is a
   * defect of ours and no decline: another attempt, or an operator, settles it.
   */
  public Optional<Declined> charge(Saga saga, Order order) {
    if (order.free()) {
      return Optional.empty();
    }
    var charge = new NewCharge(order.id(), order.userId(), order.total(), saga.paymentToken());
    try {
      charges.charge(saga.chargeKey(), charge);
      return Optional.empty();
    } catch (Declined no) {
      return Optional.of(no);
    }
  }

  /**
   * Undoes {@link #charge}, also one that never arrived or is still on its way.
   *
   * @return what went back to the card in all, by this and by refunds before
   */
  public Money undo(Saga saga, Order order) {
    var nothing = new Money(0, order.total().currency());
    if (order.free()) {
      return nothing;
    }
    var why = saga.cancellation();
    var undone = charges.undo(saga.chargeKey(), why.reason().wire(), why.by());
    return Optional.ofNullable(undone.refunded()).orElse(nothing);
  }
}
