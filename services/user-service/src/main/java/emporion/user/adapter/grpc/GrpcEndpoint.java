package emporion.user.adapter.grpc;

import emporion.chassis.data.Migration;
import emporion.chassis.grpc.GrpcServer;
import emporion.chassis.security.AuthenticationFilter;
import emporion.chassis.security.TokenVerifier;
import emporion.chassis.security.VerifiedToken;
import emporion.contracts.user.v1.GetUserRequest;
import emporion.contracts.user.v1.User;
import emporion.contracts.user.v1.UserServiceGrpc;
import emporion.user.accounts.control.FirstSight;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code user.v1.UserService} over gRPC, on a port of its own. */
@ApplicationScoped
public class GrpcEndpoint {
  private static final Set<String> SEE_ANYBODY = Set.of("service", "support", "admin");

  private FirstSight accounts;
  private TokenVerifier tokens;
  private String host;
  private int port;
  private GrpcServer server;

  GrpcEndpoint() {}

  @Inject
  GrpcEndpoint(
      FirstSight accounts,
      AuthenticationFilter authentication,
      @ConfigProperty(name = "server.host") String host,
      @ConfigProperty(name = "emporion.grpc.port") int port) {
    this.accounts = accounts;
    this.tokens = authentication.verifier();
    this.host = host;
    this.port = port;
  }

  void start(
      @Observes @Priority(Migration.PRIORITY + 1) @Initialized(ApplicationScoped.class)
          Object start)
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
      return accounts
          .find(id, GrpcServer.caller())
          .filter(user -> maySee(GrpcServer.caller(), id))
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

    private static boolean maySee(VerifiedToken caller, UUID id) {
      return caller.getSubject().equals(id.toString())
          || !Collections.disjoint(caller.getGroups(), SEE_ANYBODY);
    }
  }
}
