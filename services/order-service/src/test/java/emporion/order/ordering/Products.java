package emporion.order.ordering;

import emporion.contracts.product.v1.GetProductsRequest;
import emporion.contracts.product.v1.GetProductsResponse;
import emporion.contracts.product.v1.Money;
import emporion.contracts.product.v1.Product;
import emporion.contracts.product.v1.ProductServiceGrpc.ProductServiceImplBase;
import emporion.order.ordering.Neighbourhood.Trouble;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The catalogue as ordering sees it, on the server that product-service uses; its troubles are
 * those of {@code GET products}.
 */
final class Products extends ProductServiceImplBase {
  private final Neighbourhood neighbourhood;
  private Server server;
  private volatile Deadline lastDeadline;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<String, Long> prices = new ConcurrentHashMap<>();

  Products(Neighbourhood neighbourhood) {
    this.neighbourhood = neighbourhood;
    server = listen(0);
  }

  private Server listen(int port) {
    try {
      return NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
          .addService(this)
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the product costs so much. */
  void price(String id, long amount) {
    prices.put(id, amount);
  }

  /** Nobody listens until the answer is run. */
  Runnable leave() throws InterruptedException {
    int port = server.getPort();
    server.shutdownNow().awaitTermination();
    return () -> server = listen(port);
  }

  String uri() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** How often anybody asked. */
  int calls() {
    return calls.get();
  }

  /** By when the last caller wanted an answer; null where it did not say. */
  Deadline lastDeadline() {
    return lastDeadline;
  }

  @Override
  public void getProducts(GetProductsRequest request, StreamObserver<GetProductsResponse> answer) {
    lastDeadline = Context.current().getDeadline();
    calls.incrementAndGet();
    var trouble = neighbourhood.trouble("GET products");
    if (trouble == Trouble.BROKEN) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    if (trouble == Trouble.TURNED_AWAY) {
      answer.onError(Status.PERMISSION_DENIED.asRuntimeException());
      return;
    }
    if (trouble == Trouble.SLOW_AND_GONE) {
      Neighbourhood.pause();
      answer.onNext(GetProductsResponse.getDefaultInstance());
    } else {
      answer.onNext(found(request));
    }
    answer.onCompleted();
  }

  private GetProductsResponse found(GetProductsRequest request) {
    var found = GetProductsResponse.newBuilder();
    request.getIdsList().stream()
        .filter(id -> !id.startsWith("00000000"))
        .forEach(id -> found.addProducts(product(id)));
    return found.build();
  }

  private Product product(String id) {
    var price =
        Money.newBuilder()
            .setAmount(prices.getOrDefault(id, id.startsWith("ffffffff") ? Long.MAX_VALUE : 1_250L))
            .setCurrency(id.startsWith("eeeeeeee") ? "CHF" : "EUR");
    return Product.newBuilder().setId(id).setName("Amphora").setPrice(price).build();
  }
}
