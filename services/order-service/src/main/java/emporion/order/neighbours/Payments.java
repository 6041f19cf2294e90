package emporion.order.neighbours;

import emporion.chassis.neighbours.Refusal;
import emporion.order.neighbours.ChargesApi.NewCharge;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.Saga;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The payment of an order at payment-service. Unknown is not failed: only a decline says that
 * nothing was charged. The breaker counts only what says that payment-service is away: its 504 is
 * about one slow card, and a few of those must not close the shop.
 */
@ApplicationScoped
@Timeout(2_000)
@CircuitBreaker(
    requestVolumeThreshold = 20,
    delay = 1_000,
    failOn = {ProcessingException.class, TimeoutException.class})
@Bulkhead(200)
public class Payments {
  /** What payment-service remembers under the key, so that every repetition gets it too. */
  private static final String DECLINED = "payment-declined";

  /** What it says before it looks at the key: another instance may see it otherwise. */
  private static final Set<String> TURNED_AWAY = Set.of("card-number-refused", "invalid-request");

  private ChargesApi charges;

  Payments() {}

  @Inject
  Payments(Clients clients) {
    charges = clients.charges();
  }

  /** Charges the total. Empty when charged. */
  public Optional<NotCharged> charge(Saga saga, Order order) {
    var charge = new NewCharge(order.id(), order.userId(), order.total(), saga.paymentToken());
    try {
      charges.charge(saga.chargeKey(), charge);
      return Optional.empty();
    } catch (Refusal refusal) {
      var declined = refusal.slug().equals(DECLINED);
      if (declined || TURNED_AWAY.contains(refusal.slug())) {
        return Optional.of(new NotCharged(refusal.getMessage(), declined));
      }
      throw refusal;
    }
  }

  /** Undoes {@link #charge}, also one that never arrived or is still on its way. */
  public void undo(Saga saga) {
    charges.undo(saga.chargeKey());
  }

  /**
   * Why there was no charge.
   *
   * @param certain whether no charge by this key will ever go through; otherwise it is to be undone
   */
  public record NotCharged(String why, boolean certain) {}
}
