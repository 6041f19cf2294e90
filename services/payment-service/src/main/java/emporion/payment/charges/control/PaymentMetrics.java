package emporion.payment.charges.control;

import emporion.payment.charges.entity.DeclineReason;
import emporion.payment.charges.entity.Money;
import emporion.payment.charges.entity.PaymentEvent;
import emporion.payment.charges.entity.PaymentEvent.PaymentCaptured;
import emporion.payment.charges.entity.PaymentEvent.PaymentDeclined;
import emporion.payment.charges.entity.PaymentEvent.PaymentRefunded;
import emporion.payment.charges.entity.PaymentEvent.PaymentVoided;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts for operators what is committed, and nothing that was rolled back. */
@ApplicationScoped
public class PaymentMetrics {
  private static final Metadata PAYMENTS =
      described("payments_total", "Payments by what became of them, and why they were declined");
  private static final Metadata REFUNDS =
      described("refunds_total", "Refunds by what became of them");
  private static final Metadata REVENUE =
      described("payment_revenue", "What was charged, in minor units of the currency");
  private static final Metadata GIVEN_BACK =
      described("payment_given_back", "What was given back, in minor units of the currency");

  private static final String NO_REASON = "none";

  private MetricRegistry metrics;

  PaymentMetrics() {}

  @Inject
  PaymentMetrics(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  /** From nought, so that the first one is seen as a rise. */
  void start(@Observes Startup start) {
    payment("captured", NO_REASON);
    payment("voided", NO_REASON);
    for (var reason : DeclineReason.values()) {
      payment("declined", reason.wire());
    }
    refund("succeeded");
    refund("failed");
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) PaymentEvent event) {
    switch (event) {
      case PaymentCaptured captured -> {
        payment("captured", NO_REASON).inc();
        money(REVENUE, captured.amount());
      }
      case PaymentDeclined declined -> payment("declined", declined.reason()).inc();
      case PaymentVoided voided -> {
        payment("voided", NO_REASON).inc();
        money(GIVEN_BACK, voided.givenBack());
      }
      case PaymentRefunded refunded -> {
        refund("succeeded").inc();
        money(GIVEN_BACK, refunded.amount());
      }
    }
  }

  private Counter payment(String outcome, String reason) {
    return metrics.counter(PAYMENTS, new Tag("outcome", outcome), new Tag("reason", reason));
  }

  /** Counts a refund that the card network has refused. */
  public void refundFailed() {
    refund("failed").inc();
  }

  private Counter refund(String outcome) {
    return metrics.counter(REFUNDS, new Tag("outcome", outcome));
  }

  private void money(Metadata what, Money money) {
    metrics.counter(what, new Tag("currency", money.currency())).inc(money.amount());
  }

  private static Metadata described(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
