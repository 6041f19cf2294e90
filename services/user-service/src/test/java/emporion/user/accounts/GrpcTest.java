package emporion.user.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.TestService;
import emporion.contracts.user.v1.GetUserRequest;
import emporion.contracts.user.v1.UserServiceGrpc;
import emporion.contracts.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import emporion.user.Issuer;
import emporion.user.adapter.grpc.GrpcEndpoint;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code UserService.GetUser}, with the status codes that gRPC clients expect. */
class GrpcTest {
  private final TestService service = new Issuer().service();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", service.bean(GrpcEndpoint.class).port())
          .usePlaintext()
          .build();

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  private UserServiceBlockingStub as(String token) {
    var metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return UserServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static GetUserRequest user(String id) {
    return GetUserRequest.newBuilder().setId(id).build();
  }

  private static Status.Code refusal(UserServiceBlockingStub stub, String id) {
    return assertThrows(StatusRuntimeException.class, () -> stub.getUser(user(id)))
        .getStatus()
        .getCode();
  }

  @Test
  void aUserIsFoundByItselfAndByServices() {
    var name = "g" + UUID.randomUUID().toString().replace("-", "");
    var id =
        service
            .anonymous()
            .post(
                "/v1/users",
                "{\"username\":\"" + name + "\",\"email\":\"" + name + "@example.org\"}")
            .text("/id");

    var found = as(service.issuer().service()).getUser(user(id));
    assertEquals(name, found.getUsername());
    assertTrue(found.getActive());
    var self = as(service.issuer().token(UUID.fromString(id), "shopper"));
    assertEquals(id, self.getUser(user(id)).getId());
    var stranger = as(service.issuer().token(UUID.randomUUID(), "shopper"));
    assertEquals(Status.Code.NOT_FOUND, refusal(stranger, id));
  }

  @Test
  void refusalsHaveTheirCodes() {
    var caller = as(service.issuer().service());
    assertEquals(Status.Code.NOT_FOUND, refusal(caller, UUID.randomUUID().toString()));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(caller, "17"));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(caller, "1-1-1-1-1"));
    assertEquals(Status.Code.UNAUTHENTICATED, refusal(as("nonsense"), "17"));
    var nobody = UserServiceGrpc.newBlockingStub(channel);
    assertEquals(Status.Code.UNAUTHENTICATED, refusal(nobody, "17"));
  }
}
