package emporion.user.adapter.grpc;

import emporion.chassis.data.Migration;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.AuthenticationFilter;
import emporion.chassis.security.TokenVerifier;
import emporion.chassis.security.VerifiedToken;
import emporion.contracts.user.v1.GetUserRequest;
import emporion.contracts.user.v1.User;
import emporion.contracts.user.v1.UserServiceGrpc;
import emporion.user.accounts.control.Accounts;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code user.v1.UserService} over gRPC, on a port of its own: Helidon's gRPC server refuses the
 * C-core clients (Python, Ruby, PHP), so grpc-java's own server stands here.
 */
@ApplicationScoped
public class GrpcEndpoint {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<VerifiedToken> CALLER = Context.key("caller");
  private static final Set<String> SEE_ANYBODY = Set.of("service", "support", "admin");
  private static final int MAX_MESSAGE_BYTES = 16_384;
  private static final int MAX_CALLS_PER_CONNECTION = 256;
  private static final long GRACE_SECONDS = 10;

  private Accounts accounts;
  private TokenVerifier tokens;
  private String host;
  private int port;
  private Server server;

  GrpcEndpoint() {}

  @Inject
  GrpcEndpoint(
      Accounts accounts,
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
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(new Users())
            .intercept(new Authentication())
            .build()
            .start();
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop)
      throws InterruptedException {
    if (!server.shutdown().awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
      server.shutdownNow();
    }
  }

  /** The port that is listened on; another than the setting's where that is 0. */
  public int port() {
    return server.getPort();
  }

  private final class Authentication implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      try {
        var header = Optional.ofNullable(headers.get(AUTHORIZATION)).orElse("");
        var caller = tokens.verify(header.replaceFirst("(?i)^Bearer +", ""));
        return Contexts.interceptCall(
            Context.current().withValue(CALLER, caller), call, headers, next);
      } catch (Problem refusal) {
        var status = refusal.status() == 503 ? Status.UNAVAILABLE : Status.UNAUTHENTICATED;
        call.close(status.withDescription(refusal.title()), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    }
  }

  private final class Users extends UserServiceGrpc.UserServiceImplBase {
    @Override
    public void getUser(GetUserRequest request, StreamObserver<User> answer) {
      try {
        answer.onNext(find(request.getId()));
        answer.onCompleted();
      } catch (RuntimeException e) {
        answer.onError(e);
      }
    }

    private User find(String text) {
      var id = id(text);
      return accounts
          .find(id)
          .filter(user -> maySee(CALLER.get(), id))
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

    private static UUID id(String text) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        throw Status.INVALID_ARGUMENT.withDescription("id must be a UUID.").asRuntimeException();
      }
    }

    private static boolean maySee(VerifiedToken caller, UUID id) {
      return caller.getSubject().equals(id.toString())
          || !Collections.disjoint(caller.getGroups(), SEE_ANYBODY);
    }
  }
}
