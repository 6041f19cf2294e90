package emporion.product.adapter.grpc;

import emporion.chassis.data.Database;
import emporion.chassis.grpc.GrpcServer;
import emporion.contracts.product.v1.GetProductsRequest;
import emporion.contracts.product.v1.GetProductsResponse;
import emporion.contracts.product.v1.Money;
import emporion.contracts.product.v1.Product;
import emporion.contracts.product.v1.ProductServiceGrpc.ProductServiceImplBase;
import emporion.product.adapter.grpc.ProductLookup.Found;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code product.v1.ProductService} over gRPC, on a port of its own and open to everybody. */
@ApplicationScoped
public class GrpcEndpoint {
  private ProductLookup products;
  private String host;
  private int port;
  private GrpcServer server;

  GrpcEndpoint() {}

  @Inject
  GrpcEndpoint(
      ProductLookup products,
      @ConfigProperty(name = "server.host") String host,
      @ConfigProperty(name = "emporion.grpc.port") int port) {
    this.products = products;
    this.host = host;
    this.port = port;
  }

  void start(
      @Observes @Priority(Database.MIGRATED + 1) @Initialized(ApplicationScoped.class) Object start)
      throws IOException {
    server = GrpcServer.start(host, port, new Products().bindService());
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop)
      throws InterruptedException {
    server.stop();
  }

  /** The port that is listened on; another than the setting's where that is 0. */
  public int port() {
    return server.port();
  }

  private final class Products extends ProductServiceImplBase {
    @Override
    public void getProducts(
        GetProductsRequest request, StreamObserver<GetProductsResponse> client) {
      GrpcServer.answer(client, () -> find(ids(request.getIdsList())));
    }

    private GetProductsResponse find(List<UUID> ids) {
      var found = GetProductsResponse.newBuilder();
      products.published(ids).forEach(product -> found.addProducts(product(product)));
      return found.build();
    }

    private static List<UUID> ids(List<String> texts) {
      var ids = texts.stream().map(text -> GrpcServer.id("ids", text)).distinct().toList();
      if (ids.isEmpty() || ids.size() > ProductLookup.MAX_IDS) {
        throw Status.INVALID_ARGUMENT
            .withDescription("ids must be 1 to " + ProductLookup.MAX_IDS + ".")
            .asRuntimeException();
      }
      return ids;
    }

    private static Product product(Found found) {
      var price = Money.newBuilder().setAmount(found.amount()).setCurrency(found.currency());
      return Product.newBuilder()
          .setId(found.id().toString())
          .setName(found.name())
          .setPrice(price)
          .setAvailable(found.available())
          .build();
    }
  }
}
