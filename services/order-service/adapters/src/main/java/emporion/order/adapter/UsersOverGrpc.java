package emporion.order.adapter;

import emporion.chassis.problem.Problem;
import emporion.contracts.user.v1.GetUserRequest;
import emporion.contracts.user.v1.UserServiceGrpc;
import emporion.contracts.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code user.v1.UserService}. */
@ApplicationScoped
public class UsersOverGrpc {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final long DEADLINE_MILLIS = 900;

  private ManagedChannel channel;

  UsersOverGrpc() {}

  @Inject
  UsersOverGrpc(@ConfigProperty(name = "emporion.users.uri") URI users) {
    channel = Channels.to(users);
  }

  @PreDestroy
  void close() {
    channel.shutdownNow();
  }

  /**
   * Whether the user's account is active; empty where user-service knows no such user.
   *
   * @throws Problem where user-service has an answer, and it is no: 401 for a token that it does
   *     not take (any more), 403 for one that may not look
   * @throws StatusRuntimeException where there is none, after 900 ms at the latest
   */
  public Optional<Boolean> isActive(UUID id, String token) {
    try {
      return Optional.of(
          stub(token)
              .getUser(GetUserRequest.newBuilder().setId(id.toString()).build())
              .getActive());
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case NOT_FOUND -> Optional.empty();
        case UNAUTHENTICATED -> throw Problem.unauthenticated();
        case PERMISSION_DENIED -> throw Problem.forbidden();
        default -> throw e;
      };
    }
  }

  private UserServiceBlockingStub stub(String token) {
    var identity = new Metadata();
    identity.put(AUTHORIZATION, "Bearer " + token);
    return UserServiceGrpc.newBlockingStub(Channels.awake(channel))
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(identity))
        .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
