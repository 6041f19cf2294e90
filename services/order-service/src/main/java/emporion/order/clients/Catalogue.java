package emporion.order.clients;

import emporion.chassis.clients.RemoteError;
import emporion.chassis.problem.Problem;
import emporion.order.adapter.ProductsOverGrpc;
import emporion.order.ordering.entity.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.ExecutionContext;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Names and prices, as product-service knows them now. */
@ApplicationScoped
public class Catalogue {
  private ProductsOverGrpc products;

  Catalogue() {}

  @Inject
  Catalogue(ProductsOverGrpc products) {
    this.products = products;
  }

  /**
   * The published products among these.
   *
   * @param ids at most 100
   * @throws Problem 503 where product-service does not answer
   * @throws IllegalArgumentException where it does not take the ids
   */
  @Timeout(2_000)
  @Retry(maxRetries = 2, delay = 50, jitter = 25, abortOn = RemoteError.class)
  @CircuitBreaker(requestVolumeThreshold = 20, delay = 1_000, skipOn = RemoteError.class)
  @Bulkhead(200)
  @Fallback(value = Unavailable.class, skipOn = RemoteError.class)
  public Map<UUID, Product> find(Collection<UUID> ids) {
    return products.find(ids).stream()
        .map(Product::from)
        .collect(Collectors.toMap(Product::id, Function.identity()));
  }

  /** A product as far as ordering cares. */
  public record Product(UUID id, String name, Money price) {
    private static Product from(ProductsOverGrpc.Found found) {
      return new Product(found.id(), found.name(), new Money(found.amount(), found.currency()));
    }
  }

  /** Without the catalogue there is no price, so there is no order: said plainly. */
  public static class Unavailable implements FallbackHandler<Map<UUID, Product>> {
    @Override
    public Map<UUID, Product> handle(ExecutionContext context) {
      throw Problem.unavailable("The catalogue does not answer right now.", Duration.ofSeconds(2));
    }
  }
}
