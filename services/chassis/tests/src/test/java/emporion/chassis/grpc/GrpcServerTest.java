package emporion.chassis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Trace;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.reflection.v1alpha.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  /** As newer tools ask, and as older ones do; each tells of both. */
  @Test
  void reflectionIsThereInBothVersions() throws Exception {
    var server = GrpcServer.start("127.0.0.1", 0);
    var channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
    try {
      for (var version : List.of("v1", "v1alpha")) {
        var names =
            reflect(channel, version, ServerReflectionRequest.newBuilder().setListServices("*"))
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(ServiceResponse::getName)
                .toList();
        assertTrue(
            names.containsAll(
                List.of(
                    "grpc.health.v1.Health",
                    "grpc.reflection.v1.ServerReflection",
                    "grpc.reflection.v1alpha.ServerReflection")),
            names::toString);
        var file =
            reflect(
                    channel,
                    version,
                    ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol("grpc.reflection.v1.ServerReflection"))
                .getFileDescriptorResponse();
        var described = FileDescriptorProto.parseFrom(file.getFileDescriptorProto(0));
        assertEquals("grpc/reflection/v1/reflection.proto", described.getName());
        assertEquals("grpc.reflection.v1", described.getPackage());
      }
    } finally {
      channel.shutdownNow();
      server.stop();
    }
  }

  private static ServerReflectionResponse reflect(
      ManagedChannel channel, String version, ServerReflectionRequest.Builder request) {
    var method =
        ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
            .setFullMethodName(
                "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo")
            .build();
    var answers = new LinkedBlockingQueue<ServerReflectionResponse>();
    var call =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS)),
            new StreamObserver<ServerReflectionResponse>() {
              @Override
              public void onNext(ServerReflectionResponse answer) {
                answers.add(answer);
              }

              @Override
              public void onError(Throwable failure) {
                answers.add(ServerReflectionResponse.getDefaultInstance());
              }

              @Override
              public void onCompleted() {}
            });
    call.onNext(request.build());
    call.onCompleted();
    try {
      return answers.poll(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCommitThatFailedAndAnErrorAreDefectsWithoutAWord() {
    assertEquals(
        List.of("INTERNAL: Something went wrong on our side."),
        heard(() -> sneak(new RollbackException("constraint secret"))));
    assertEquals(
        List.of("INTERNAL: Something went wrong on our side."),
        heard(() -> sneak(new StackOverflowError())));
  }

  private static String sneak(Throwable failure) {
    return GrpcServerTest.<RuntimeException>thrown(failure);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> String thrown(Throwable failure) throws E {
    throw (E) failure;
  }

  /** 16 KiB of metadata and as much of a message. */
  @Test
  void whatIsTooLargeIsRefusedAndTheConnectionStands() throws Exception {
    var server = GrpcServer.start("127.0.0.1", 0);
    var channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
    try {
      var metadata = new Metadata();
      metadata.put(Metadata.Key.of("tea", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
      var health = HealthGrpc.newBlockingStub(channel);
      var heavy = health.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
      var whole = HealthCheckRequest.getDefaultInstance();
      assertThrows(StatusRuntimeException.class, () -> heavy.check(whole));
      var large = HealthCheckRequest.newBuilder().setService("x".repeat(20_000)).build();
      var refusal = assertThrows(StatusRuntimeException.class, () -> health.check(large));
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatus().getCode());
      assertEquals(ServingStatus.SERVING, health.check(whole).getStatus());
    } finally {
      channel.shutdownNow();
      server.stop();
    }
  }
}
