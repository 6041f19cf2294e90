package emporion.order.adapter;

import emporion.chassis.grpc.GrpcAnswers;
import emporion.contracts.product.v1.GetProductsRequest;
import emporion.contracts.product.v1.Product;
import emporion.contracts.product.v1.ProductServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code product.v1.ProductService}. */
@ApplicationScoped
public class ProductsOverGrpc {
  private static final long DEADLINE_MILLIS = 1_900;

  private ManagedChannel channel;

  ProductsOverGrpc() {}

  @Inject
  ProductsOverGrpc(@ConfigProperty(name = "emporion.catalogue.uri") URI catalogue) {
    channel = Channels.to(catalogue);
  }

  @PreDestroy
  void close() {
    channel.shutdownNow();
  }

  /**
   * The published products among these, in no order.
   *
   * @param ids 1 to 100
   * @throws emporion.chassis.clients.RemoteError where product-service says no, as to other numbers
   * @throws StatusRuntimeException for every other outcome, after 1.9 s at the latest
   */
  public List<Found> find(Collection<UUID> ids) {
    var request = GetProductsRequest.newBuilder();
    ids.forEach(id -> request.addIds(id.toString()));
    try {
      return ProductServiceGrpc.newBlockingStub(Channels.awake(channel))
          .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
          .getProducts(request.build())
          .getProductsList()
          .stream()
          .map(ProductsOverGrpc::found)
          .toList();
    } catch (StatusRuntimeException e) {
      throw GrpcAnswers.of(e);
    }
  }

  private static Found found(Product product) {
    var price = product.getPrice();
    return new Found(
        UUID.fromString(product.getId()),
        product.getName(),
        price.getAmount(),
        price.getCurrency());
  }

  /**
   * A product as far as ordering cares.
   *
   * @param amount in minor units of the currency (ISO 4217)
   */
  public record Found(UUID id, String name, long amount, String currency) {}
}
