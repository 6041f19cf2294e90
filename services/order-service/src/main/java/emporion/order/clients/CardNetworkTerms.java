package emporion.order.clients;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What payment-service says of its card network. */
@ApplicationScoped
public class CardNetworkTerms {
  private CardNetworkApi network;

  CardNetworkTerms() {}

  @Inject
  CardNetworkTerms(@RestClient CardNetworkApi network) {
    this.network = network;
  }

  /** What its tokens look like, as a whole. */
  @Timeout(1_000)
  @CircuitBreaker(requestVolumeThreshold = 4, delay = 2_000)
  @Bulkhead(200)
  public Pattern tokens() {
    return Pattern.compile(network.read().tokenPattern());
  }
}
