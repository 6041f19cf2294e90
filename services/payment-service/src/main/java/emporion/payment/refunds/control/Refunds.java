package emporion.payment.refunds.control;

import emporion.chassis.telemetry.Span;
import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import emporion.payment.charges.control.CardNetwork;
import emporion.payment.charges.control.CardNetworkSilent;
import emporion.payment.charges.control.Charges.Closing;
import emporion.payment.refunds.entity.Refund;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks the card network for promised refunds, outside of any transaction: at once for the one who
 * waits, and in the background, again and again, for what nobody waits for any more.
 */
@ApplicationScoped
public class Refunds {
  private static final Logger LOG = System.getLogger(Refunds.class.getName());
  private static final int BATCH = 16;

  private RefundTransactions transactions;
  private RefundRepository refunds;
  private CardNetwork network;
  private Duration interval;
  private Workers workers;

  Refunds() {}

  @Inject
  Refunds(
      RefundTransactions transactions,
      RefundRepository refunds,
      CardNetwork network,
      @ConfigProperty(name = "emporion.refund.retry.interval") Duration interval,
      Workers workers) {
    this.transactions = transactions;
    this.refunds = refunds;
    this.network = network;
    this.interval = interval;
    this.workers = workers;
  }

  /** The refund after one try; still pending where the network does not say what came of it. */
  public Refund attempt(UUID id) {
    var refund = refunds.find(id).orElseThrow();
    return refund.pending() ? attempt(refund) : refund;
  }

  private Refund attempt(Refund refund) {
    var answer = network.refund(refund.id().toString(), refund.chargeKey(), refund.amount());
    return transactions.settle(refund.id(), answer);
  }

  /**
   * A payment is reversed at the card network, which therefore knows for sure what became of the
   * refunds that are under way.
   *
   * @throws CardNetworkSilent while it does not say so
   */
  void settle(@Observes Closing payment) {
    var pending = refunds.of(payment.paymentId()).stream().filter(Refund::pending).toList();
    for (var refund : pending) {
      if (attempt(refund).pending()) {
        throw new CardNetworkSilent();
      }
    }
  }

  void start(@Observes Startup start) {
    workers.start("refund-retries", this::retryDue);
  }

  private Duration retryDue() {
    try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
      var due = transactions.claim(BATCH);
      if (!due.isEmpty()) {
        Worker.busy();
      }
      due.forEach(refund -> calls.execute(Span.carry(() -> retry(refund))));
    }
    return interval;
  }

  /** A commit fails with a checked exception that no method declares. */
  private void retry(Refund refund) {
    try {
      attempt(refund);
    } catch (Exception e) {
      LOG.log(
          Level.WARNING, "The refund " + refund.id() + " could not be settled; it stays due", e);
    }
  }
}
