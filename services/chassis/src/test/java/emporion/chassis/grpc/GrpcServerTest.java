package emporion.chassis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Trace;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GrpcServerTest {
  /** What a client hears: messages, and at the end a code. */
  private static final class Client implements StreamObserver<String> {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onNext(String message) {
      heard.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      var status = Status.fromThrowable(failure);
      heard.add(status.getCode() + ": " + status.getDescription());
    }

    @Override
    public void onCompleted() {
      heard.add("OK");
    }
  }

  private static List<String> heard(Supplier<String> work) {
    var client = new Client();
    GrpcServer.answer(client, work);
    return client.heard;
  }

  private static Supplier<String> failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  @Test
  void anAnswerIsOneMessage() {
    assertEquals(List.of("lamp", "OK"), heard(() -> "lamp"));
    assertEquals("", Trace.currentId());
  }

  @Test
  void aFailureBecomesAStatusThatTellsNothingOfTheInside() {
    assertEquals(
        List.of("NOT_FOUND: There is no such product."),
        heard(failing(Problem.notFound("product"))));
    assertEquals(
        List.of("PERMISSION_DENIED: Your role does not allow this."),
        heard(failing(Problem.forbidden())));
    assertEquals(
        List.of("UNAVAILABLE: Wait."),
        heard(failing(Problem.unavailable("Wait.", Duration.ofSeconds(1)))));
    assertEquals(
        List.of("UNAVAILABLE: The service can't reach its data right now."),
        heard(failing(new IllegalStateException(new SQLTransientConnectionException("10.1.2.3")))));
    assertEquals(
        List.of("INTERNAL: Something went wrong on our side."),
        heard(failing(new IllegalStateException("password=hunter2"))));
    assertEquals(
        List.of("ABORTED: Again."),
        heard(failing(Status.ABORTED.withDescription("Again.").asRuntimeException())));
  }

  @Test
  void nobodyWorksForAClientThatIsGone() {
    var context = Context.current().withCancellation();
    context.cancel(new CancellationException());
    var heard = new ArrayList<String>();
    context.run(() -> heard.addAll(heard(failing(new IllegalStateException("begun")))));
    assertEquals(List.of("CANCELLED: null"), heard);
  }

  @Test
  void theCallerIsKnownWhereTokensAreAskedForOnly() {
    assertThrows(IllegalStateException.class, GrpcServer::caller);
  }

  @Test
  void saysThatItServesAndOfWhatItKnowsNothing() throws IOException, InterruptedException {
    var server = GrpcServer.start("127.0.0.1", 0);
    var channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
    try {
      var health = HealthGrpc.newBlockingStub(channel);
      var whole = health.check(HealthCheckRequest.getDefaultInstance());
      assertEquals(ServingStatus.SERVING, whole.getStatus());
      var unknown = HealthCheckRequest.newBuilder().setService("user.v9.Nobody").build();
      var refusal = assertThrows(StatusRuntimeException.class, () -> health.check(unknown));
      assertEquals(Status.Code.NOT_FOUND, refusal.getStatus().getCode());
    } finally {
      channel.shutdownNow();
      server.stop();
    }
  }
}
