package emporion.order.adapter;

import emporion.chassis.telemetry.Trace;
import emporion.contracts.user.v1.GetUserRequest;
import emporion.contracts.user.v1.User;
import emporion.contracts.user.v1.UserServiceGrpc;
import emporion.contracts.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code user.v1.UserService} by grpc-java's own client: in Helidon 4.1.2's a {@code NOT_FOUND}
 * that comes without a message arrives as {@code UNKNOWN}.
 */
@ApplicationScoped
public class UsersOverGrpc {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> TRACEPARENT = key("traceparent");
  private static final long DEADLINE_MILLIS = 900;

  private ManagedChannel channel;

  UsersOverGrpc() {}

  @Inject
  UsersOverGrpc(@ConfigProperty(name = "emporion.users.uri") URI users) {
    channel =
        NettyChannelBuilder.forAddress(users.getHost(), users.getPort())
            .usePlaintext()
            .directExecutor()
            .keepAliveTime(30, TimeUnit.SECONDS)
            .build();
  }

  @PreDestroy
  void close() {
    channel.shutdownNow();
  }

  /**
   * The user, or empty where user-service knows none.
   *
   * @throws StatusRuntimeException for every other outcome, after 900 ms at the latest
   */
  public Optional<User> find(UUID id, String token) {
    try {
      return Optional.of(
          stub(token).getUser(GetUserRequest.newBuilder().setId(id.toString()).build()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private UserServiceBlockingStub stub(String token) {
    return UserServiceGrpc.newBlockingStub(
            ClientInterceptors.intercept(channel, new Identity(token)))
        .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private record Identity(String token) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          headers.put(AUTHORIZATION, "Bearer " + token);
          Trace.current().ifPresent(trace -> headers.put(TRACEPARENT, trace.traceparent()));
          super.start(listener, headers);
        }
      };
    }
  }
}
