package emporion.payment.refunds.control;

import emporion.chassis.problem.Problem;
import emporion.payment.charges.control.CardNetwork;
import emporion.payment.charges.control.Charges;
import emporion.payment.charges.control.Charges.Closing;
import emporion.payment.refunds.entity.Refund;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks the card network for promised refunds, outside of any transaction: at once for the one who
 * waits, and in the background, again and again, for what nobody waits for any more.
 */
@ApplicationScoped
public class Refunds {
  private static final Logger LOG = System.getLogger(Refunds.class.getName());
  private static final int BATCH = 16;
  private static final long STOP_SECONDS = 5;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private RefundLedger ledger;
  private CardNetwork network;
  private Duration interval;
  private Thread retries;

  Refunds() {}

  @Inject
  Refunds(
      RefundLedger ledger,
      CardNetwork network,
      @ConfigProperty(name = "emporion.refund.retry.interval") Duration interval) {
    this.ledger = ledger;
    this.network = network;
    this.interval = interval;
  }

  /** The refund after one try; still pending where the network does not say what came of it. */
  public Refund attempt(UUID id) {
    var refund = ledger.find(id).orElseThrow();
    return refund.pending() ? attempt(refund) : refund;
  }

  private Refund attempt(Refund refund) {
    var answer = network.refund(refund.id().toString(), refund.chargeKey(), refund.amount());
    return ledger.settle(refund.id(), answer);
  }

  /**
   * A payment is reversed at the card network, which therefore knows for sure what became of the
   * refunds that are under way.
   *
   * @throws Problem 503 while it does not say so
   */
  void settle(@Observes Closing payment) {
    var pending = ledger.of(payment.paymentId()).stream().filter(Refund::pending).toList();
    for (var refund : pending) {
      if (attempt(refund).pending()) {
        throw Charges.unsettled();
      }
    }
  }

  void start(@Observes Startup start) {
    retries = Thread.ofVirtual().name("refund-retries").start(this::run);
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop)
      throws InterruptedException {
    stopped.countDown();
    retries.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
  }

  private void run() {
    try {
      while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        retryDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void retryDue() {
    try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
      ledger.claim(BATCH).forEach(refund -> calls.execute(() -> retry(refund)));
    } catch (Exception e) {
      // Not only RuntimeException: a failed commit is a checked one that no method declares.
      LOG.log(Level.WARNING, "Pending refunds could not be read; they are read again", e);
    }
  }

  private void retry(Refund refund) {
    try {
      attempt(refund);
    } catch (Exception e) {
      LOG.log(
          Level.WARNING, "The refund " + refund.id() + " could not be settled; it stays due", e);
    }
  }
}
