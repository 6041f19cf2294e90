package emporion.payment.charges.control;

import emporion.payment.charges.control.PaymentProvider.ChargeAnswer;
import emporion.payment.charges.control.PaymentProvider.RefundAnswer;
import emporion.payment.charges.control.PaymentProvider.ReversalAnswer;
import emporion.payment.charges.entity.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * The chosen provider behind a time limit and a bound on calls under way. Whatever goes wrong is
 * the answer "unknown": no failure of a call tells whether the money moved.
 *
 * <p>There is no retry and no circuit breaker here. The callers that own a key ask again in their
 * own time, and a breaker that one card's slow bank opens would close the shop for all others.
 */
@ApplicationScoped
public class CardNetwork {
  private static final Logger LOG = System.getLogger(CardNetwork.class.getName());

  private PaymentProvider provider;

  CardNetwork() {}

  @Inject
  CardNetwork(
      @Any Instance<PaymentProvider> providers,
      @ConfigProperty(name = "emporion.payment.provider") Optional<String> name) {
    var chosen = name.map(NamedLiteral::of).map(providers::select);
    provider =
        chosen.filter(Instance::isResolvable).map(Instance::get).orElseThrow(() -> unchosen(name));
  }

  private static IllegalStateException unchosen(Optional<String> name) {
    return new IllegalStateException(
        "emporion.payment.provider (EMPORION_PAYMENT_PROVIDER) has to name the card network that"
            + " takes the money, or be sandbox, which takes none; it is "
            + name.orElse("not set"));
  }

  /** Nobody finds out with the first order that no network was chosen. */
  void demand(@Observes @Initialized(ApplicationScoped.class) Object start) {
    LOG.log(Level.INFO, "Cards are charged by {0}", provider.getClass().getSimpleName());
  }

  /** See {@link PaymentProvider#tokens}. */
  public Pattern tokens() {
    return provider.tokens();
  }

  /** See {@link PaymentProvider#charge}. */
  @Timeout
  @Bulkhead
  @Fallback(fallbackMethod = "chargeUnknown")
  public ChargeAnswer charge(String key, String token, Money amount) {
    return provider.charge(key, token, amount);
  }

  /** See {@link PaymentProvider#reverse}. */
  @Timeout
  @Bulkhead
  @Fallback(fallbackMethod = "reversalUnknown")
  public ReversalAnswer reverse(String key) {
    return provider.reverse(key);
  }

  /** See {@link PaymentProvider#refund}. */
  @Timeout
  @Bulkhead
  @Fallback(fallbackMethod = "refundUnknown")
  public RefundAnswer refund(String refundKey, String chargeKey, Money amount) {
    return provider.refund(refundKey, chargeKey, amount);
  }

  ChargeAnswer chargeUnknown(String key, String token, Money amount) {
    LOG.log(Level.WARNING, "The card network gave no answer to the charge {0}", key);
    return new ChargeAnswer.Unknown();
  }

  ReversalAnswer reversalUnknown(String key) {
    LOG.log(Level.WARNING, "The card network gave no answer to the reversal of {0}", key);
    return new ReversalAnswer.Unknown();
  }

  RefundAnswer refundUnknown(String refundKey, String chargeKey, Money amount) {
    LOG.log(Level.WARNING, "The card network gave no answer to the refund {0}", refundKey);
    return new RefundAnswer.Unknown();
  }
}
