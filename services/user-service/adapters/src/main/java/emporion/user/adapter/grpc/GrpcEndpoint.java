package emporion.user.adapter.grpc;

import emporion.chassis.data.Database;
import emporion.chassis.grpc.GrpcServer;
import emporion.chassis.jose.AuthenticationFilter;
import emporion.chassis.jose.TokenVerifier;
import emporion.contracts.user.v1.GetUserRequest;
import emporion.contracts.user.v1.User;
import emporion.contracts.user.v1.UserServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code user.v1.UserService} over gRPC, on a port of its own. */
@ApplicationScoped
public class GrpcEndpoint {
  private UserLookup users;
  private TokenVerifier tokens;
  private String host;
  private int port;
  private GrpcServer server;

  GrpcEndpoint() {}

  @Inject
  GrpcEndpoint(
      UserLookup users,
      AuthenticationFilter authentication,
      @ConfigProperty(name = "server.host") String host,
      @ConfigProperty(name = "emporion.grpc.port") int port) {
    this.users = users;
    this.tokens = authentication.verifier();
    this.host = host;
    this.port = port;
  }

  void start(
      @Observes @Priority(Database.MIGRATED + 1) @Initialized(ApplicationScoped.class) Object start)
      throws IOException {
    server = GrpcServer.start(host, port, GrpcServer.authenticated(new Users(), tokens));
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop)
      throws InterruptedException {
    server.stop();
  }

  /** The port that is listened on; another than the setting's where that is 0. */
  public int port() {
    return server.port();
  }

  private final class Users extends UserServiceGrpc.UserServiceImplBase {
    @Override
    public void getUser(GetUserRequest request, StreamObserver<User> client) {
      GrpcServer.answer(client, () -> find(request.getId()));
    }

    private User find(String text) {
      var id = GrpcServer.id("id", text);
      return users
          .find(id, GrpcServer.caller())
          .map(
              user ->
                  User.newBuilder()
                      .setId(user.id().toString())
                      .setUsername(user.username())
                      .setEmail(user.email())
                      .setActive(user.active())
                      .build())
          .orElseThrow(
              () ->
                  Status.NOT_FOUND.withDescription("There is no such user.").asRuntimeException());
    }
  }
}
