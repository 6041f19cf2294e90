package emporion.product.catalogue;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static emporion.product.Shop.product;
import static emporion.product.Shop.sku;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.contracts.product.v1.GetProductsRequest;
import emporion.contracts.product.v1.ProductServiceGrpc;
import emporion.contracts.product.v1.ProductServiceGrpc.ProductServiceBlockingStub;
import emporion.product.Shop;
import emporion.product.adapter.grpc.GrpcEndpoint;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.reflection.v1alpha.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code ProductService.GetProducts}, with the status codes that gRPC clients expect. */
class GrpcTest {
  private final Shop shop = new Shop();
  private final ManagedChannel channel =
      Grpc.newChannelBuilder(
              "127.0.0.1:" + shop.service.bean(GrpcEndpoint.class).port(),
              InsecureChannelCredentials.create())
          .build();
  private final ProductServiceBlockingStub products = ProductServiceGrpc.newBlockingStub(channel);

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  private static GetProductsRequest request(String... ids) {
    return GetProductsRequest.newBuilder().addAllIds(List.of(ids)).build();
  }

  @Test
  void manyAreLookedUpAtOnceByAnybody() {
    var lamp = shop.created(product(sku(), "Lampe à pétrole", "things", 4_999, 7)).text("/id");
    var other = shop.stocked(1);
    shop.reserve(key(), lines(lamp, 2));

    var found = products.getProducts(request(lamp, other, lamp, UUID.randomUUID().toString()));
    assertEquals(2, found.getProductsCount());
    var read =
        found.getProductsList().stream().filter(it -> it.getId().equals(lamp)).findFirst().get();
    assertEquals("Lampe à pétrole", read.getName());
    assertEquals(4_999, read.getPrice().getAmount());
    assertEquals("EUR", read.getPrice().getCurrency());
    assertEquals(5, read.getAvailable());
  }

  @Test
  void whatIsNotPublishedIsNotThere() {
    var retired = shop.stocked(1);
    shop.manager.send("POST", "/v1/products/" + retired + "/retire", null);
    assertEquals(0, products.getProducts(request(retired)).getProductsCount());
  }

  private Status.Code refusal(GetProductsRequest request) {
    return assertThrows(StatusRuntimeException.class, () -> products.getProducts(request))
        .getStatus()
        .getCode();
  }

  private static String[] ids(int count) {
    return Stream.generate(() -> UUID.randomUUID().toString()).limit(count).toArray(String[]::new);
  }

  @Test
  void refusesWhatIsNoneToAHundredIds() {
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request()));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request("17")));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request("1-1-1-1-1")));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request("")));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request(ids(101))));
    assertEquals(0, products.getProducts(request(ids(100))).getProductsCount());
  }

  @Test
  void anAnswerThatWouldBeLateIsNone() {
    var late = products.withDeadlineAfter(1, TimeUnit.NANOSECONDS);
    var refusal =
        assertThrows(StatusRuntimeException.class, () -> late.getProducts(request(ids(1))));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, refusal.getStatus().getCode());
  }

  @Test
  void saysThatItServes() {
    var health = HealthGrpc.newBlockingStub(channel);
    var service = HealthCheckRequest.newBuilder().setService("product.v1.ProductService").build();
    assertEquals(ServingStatus.SERVING, health.check(service).getStatus());
  }

  @Test
  void tellsWhatItOffers() {
    var offered = new CopyOnWriteArrayList<String>();
    var requests = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new Names(offered));
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    await().until(() -> !offered.isEmpty());
    requests.onCompleted();
    assertTrue(offered.contains("product.v1.ProductService"), offered::toString);
    assertTrue(offered.contains("grpc.health.v1.Health"), offered::toString);
  }

  private record Names(List<String> offered) implements StreamObserver<ServerReflectionResponse> {
    @Override
    public void onNext(ServerReflectionResponse answer) {
      offered.addAll(
          answer.getListServicesResponse().getServiceList().stream()
              .map(ServiceResponse::getName)
              .toList());
    }

    @Override
    public void onError(Throwable failure) {
      offered.add(failure.toString());
    }

    @Override
    public void onCompleted() {}
  }
}
