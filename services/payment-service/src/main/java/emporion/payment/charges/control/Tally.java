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
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts for operators what is committed, and nothing that was rolled back. */
@ApplicationScoped
public class Tally {
  private MetricRegistry metrics;

  Tally() {}

  @Inject
  Tally(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) PaymentEvent event) {
    switch (event) {
      case PaymentCaptured captured -> {
        payment("captured");
        money("payment_revenue", captured.amount());
      }
      case PaymentDeclined declined -> payment(declined.reason());
      case PaymentVoided voided -> {
        payment("voided");
        money("payment_given_back", voided.givenBack());
      }
      case PaymentRefunded refunded -> {
        refund("succeeded");
        money("payment_given_back", refunded.amount());
      }
    }
  }

  private void payment(String outcome) {
    metrics.counter("payments_total", new Tag("outcome", outcome)).inc();
  }

  /** Counts a refund by how it ended. */
  public void refund(String outcome) {
    metrics.counter("refunds_total", new Tag("outcome", outcome)).inc();
  }

  private void money(String name, Money money) {
    metrics.counter(name, new Tag("currency", money.currency())).inc(money.amount());
  }
}
