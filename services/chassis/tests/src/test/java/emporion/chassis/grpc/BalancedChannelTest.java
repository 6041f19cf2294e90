package emporion.chassis.grpc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gRPC service that has several instances. */
class BalancedChannelTest {
  private static final int CALLS = 10_000;
  private static final MethodDescriptor<String, String> WHO =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodType.UNARY)
          .setFullMethodName("things.v1.Things/Who")
          .setRequestMarshaller(new Text())
          .setResponseMarshaller(new Text())
          .build();

  private final List<Server> servers = new ArrayList<>();
  private volatile String sick = "";
  private ManagedChannel channel;

  @AfterEach
  void end() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    for (var server : servers) {
      server.shutdownNow().awaitTermination();
    }
  }

  @Test
  void shares_are_even() throws IOException {
    open(3);
    var counted = count(CALLS);
    assertEquals(3, counted.size(), counted::toString);
    counted
        .values()
        .forEach(share -> assertEquals(CALLS / 3.0, share, CALLS / 30.0, counted::toString));
  }

  @Test
  void one_that_goes_costs_nobody_a_call() throws Exception {
    open(2);
    count(50);
    servers.getFirst().shutdown();
    assertTrue(count(100).get("1") > 90); // one that ends tells so, and answers what it has
    servers.getLast().shutdownNow().awaitTermination();
    assertEquals(Status.Code.UNAVAILABLE, failure().getStatus().getCode());
  }

  @Test
  void one_that_comes_back_is_called_again_within_seconds() throws IOException {
    open(2);
    count(20);
    int port = servers.getFirst().getPort();
    servers.getFirst().shutdownNow();
    await().until(() -> count(20).equals(Map.of("1", 20)));
    servers.add(server("back", port));
    await().atMost(Duration.ofSeconds(15)).until(() -> count(20).containsKey("back"));
  }

  @Test
  void what_is_repeated_goes_to_another_one() throws IOException {
    open(3);
    sick = "0";
    int failures = 0;
    for (int i = 0; i < 60; i++) {
      try {
        who();
      } catch (StatusRuntimeException e) {
        failures++;
        who();
      }
    }
    assertTrue(failures > 0 && failures <= 5, failures + " failures"); // then it is left out
  }

  @Test
  void where_there_is_none_the_answer_is_at_once_and_names_the_service() {
    channel = BalancedChannel.to(URI.create("stork://empty-grpc")).usePlaintext().build();
    long begun = System.nanoTime();
    var failure = failure();
    assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode());
    assertTrue(failure.getMessage().contains("empty-grpc"), failure::getMessage);
    assertTrue(System.nanoTime() - begun < 3_000_000_000L);
  }

  private StatusRuntimeException failure() {
    return assertThrows(StatusRuntimeException.class, this::who);
  }

  private Map<String, Integer> count(int calls) {
    var counted = new HashMap<String, Integer>();
    for (int i = 0; i < calls; i++) {
      counted.merge(who(), 1, Integer::sum);
    }
    return counted;
  }

  private String who() {
    return ClientCalls.blockingUnaryCall(
        channel, WHO, CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS), "x");
  }

  private void open(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      servers.add(server(Integer.toString(i), 0));
    }
    var list =
        servers.stream()
            .map(server -> "127.0.0.1:" + server.getPort())
            .collect(Collectors.joining(","));
    channel = BalancedChannel.to(URI.create("stork://" + list)).usePlaintext().build();
  }

  private Server server(String name, int port) throws IOException {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .addService(
            ServerServiceDefinition.builder("things.v1.Things")
                .addMethod(
                    WHO,
                    ServerCalls.asyncUnaryCall(
                        (request, answer) -> {
                          if (name.equals(sick)) {
                            answer.onError(Status.INTERNAL.asRuntimeException());
                          } else {
                            answer.onNext(name);
                            answer.onCompleted();
                          }
                        }))
                .build())
        .build()
        .start();
  }

  private record Text() implements Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
