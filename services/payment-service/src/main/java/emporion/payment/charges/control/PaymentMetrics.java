package emporion.payment.charges.control;

import emporion.payment.charges.entity.Money;
import emporion.payment.charges.entity.PaymentEvent;
import emporion.payment.charges.entity.PaymentEvent.PaymentCaptured;
import emporion.payment.charges.entity.PaymentEvent.PaymentDeclined;
import emporion.payment.charges.entity.PaymentEvent.PaymentRefunded;
import emporion.payment.charges.entity.PaymentEvent.PaymentVoided;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts for operators what is committed, and nothing that was rolled back. */
@ApplicationScoped
public class PaymentMetrics {
  private static final Metadata PAYMENTS =
      described("payments_total", "Payments by what became of them");
  private static final Metadata REFUNDS =
      described("refunds_total", "Refunds by what became of them");
  private static final Metadata REVENUE =
      described("payment_revenue", "What was charged, in minor units of the currency");
  private static final Metadata GIVEN_BACK =
      described("payment_given_back", "What was given back, in minor units of the currency");

  private MetricRegistry metrics;

  PaymentMetrics() {}

  @Inject
  PaymentMetrics(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) PaymentEvent event) {
    switch (event) {
      case PaymentCaptured captured -> {
        payment("captured");
        money(REVENUE, captured.amount());
      }
      case PaymentDeclined declined -> payment(declined.reason());
      case PaymentVoided voided -> {
        payment("voided");
        money(GIVEN_BACK, voided.givenBack());
      }
      case PaymentRefunded refunded -> {
        refund("succeeded");
        money(GIVEN_BACK, refunded.amount());
      }
    }
  }

  private void payment(String outcome) {
    metrics.counter(PAYMENTS, new Tag("outcome", outcome)).inc();
  }

  /** Counts a refund by how it ended. */
  public void refund(String outcome) {
    metrics.counter(REFUNDS, new Tag("outcome", outcome)).inc();
  }

  private void money(Metadata what, Money money) {
    metrics.counter(what, new Tag("currency", money.currency())).inc(money.amount());
  }

  private static Metadata described(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
