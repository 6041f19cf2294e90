package emporion.order.ordering;

import emporion.contracts.user.v1.GetUserRequest;
import emporion.contracts.user.v1.User;
import emporion.contracts.user.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** User-service as ordering sees it, on the server that user-service uses. */
final class Users extends UserServiceImplBase {
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Set<String> inactive = ConcurrentHashMap.newKeySet();
  private final Map<String, Status> refused = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final Server server;

  Users() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String uri() {
    return "http://127.0.0.1:" + server.getPort();
  }

  void forget(UUID id) {
    unknown.add(id.toString());
  }

  /** From now on this is the answer to questions about the user. */
  void refuse(UUID id, Status status) {
    refused.put(id.toString(), status);
  }

  /** How often anybody was asked for. */
  int calls() {
    return calls.get();
  }

  void deactivate(UUID id) {
    inactive.add(id.toString());
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<User> answer) {
    calls.incrementAndGet();
    if (refused.containsKey(request.getId())) {
      answer.onError(refused.get(request.getId()).asRuntimeException());
      return;
    }
    if (unknown.contains(request.getId())) {
      answer.onError(Status.NOT_FOUND.asRuntimeException());
      return;
    }
    answer.onNext(
        User.newBuilder()
            .setId(request.getId())
            .setUsername("somebody")
            .setActive(!inactive.contains(request.getId()))
            .build());
    answer.onCompleted();
  }
}
