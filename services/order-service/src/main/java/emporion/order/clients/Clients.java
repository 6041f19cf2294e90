package emporion.order.clients;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Makes the typed clients, once. */
@ApplicationScoped
class Clients {
  private ReservationsApi reservations;
  private ChargesApi charges;
  private CardNetworkApi cardNetwork;

  Clients() {}

  @Inject
  Clients(
      @ConfigProperty(name = "emporion.products.uri") URI productsUri,
      @ConfigProperty(name = "emporion.payments.uri") URI paymentsUri) {
    reservations = client(productsUri, ReservationsApi.class);
    charges = client(paymentsUri, ChargesApi.class);
    cardNetwork = client(paymentsUri, CardNetworkApi.class);
  }

  private static <T> T client(URI uri, Class<T> type) {
    return RestClientBuilder.newBuilder().baseUri(uri).build(type);
  }

  ReservationsApi reservations() {
    return reservations;
  }

  ChargesApi charges() {
    return charges;
  }

  CardNetworkApi cardNetwork() {
    return cardNetwork;
  }
}
