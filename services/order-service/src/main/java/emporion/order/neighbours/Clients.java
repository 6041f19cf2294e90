package emporion.order.neighbours;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Makes the typed clients, once. */
@ApplicationScoped
class Clients {
  private ProductsApi products;
  private ReservationsApi reservations;
  private ChargesApi charges;

  Clients() {}

  @Inject
  Clients(
      @ConfigProperty(name = "emporion.products.uri") URI productsUri,
      @ConfigProperty(name = "emporion.payments.uri") URI paymentsUri) {
    products = client(productsUri, ProductsApi.class);
    reservations = client(productsUri, ReservationsApi.class);
    charges = client(paymentsUri, ChargesApi.class);
  }

  private static <T> T client(URI uri, Class<T> type) {
    return RestClientBuilder.newBuilder().baseUri(uri).build(type);
  }

  ProductsApi products() {
    return products;
  }

  ReservationsApi reservations() {
    return reservations;
  }

  ChargesApi charges() {
    return charges;
  }
}
