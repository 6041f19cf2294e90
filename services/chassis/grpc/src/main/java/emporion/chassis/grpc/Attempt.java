package emporion.chassis.grpc;

import emporion.chassis.discovery.Instance;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Set;

/** One attempt at a call: whom it went to, and who has just failed the thread that makes it. */
final class Attempt {
  static final CallOptions.Key<Attempt> KEY = CallOptions.Key.create("attempt");

  /** What only somebody sick says, or nobody. */
  static final Set<Status.Code> SICK =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.DATA_LOSS);

  private final Instance avoided;
  private volatile Instance called;

  private Attempt(Instance avoided) {
    this.avoided = avoided;
  }

  /** Who should not be called; null where nobody has failed. */
  Instance avoided() {
    return avoided;
  }

  void goesTo(Instance instance) {
    called = instance;
  }

  /** What a thread repeats goes to another instance; for stubs that block. */
  static final class Elsewhere implements ClientInterceptor {
    private final ThreadLocal<Instance> failed = new ThreadLocal<>();

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      var attempt = new Attempt(failed.get());
      return new SimpleForwardingClientCall<>(
          next.newCall(method, options.withOption(KEY, attempt))) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                  note(attempt, status);
                  super.onClose(status, trailers);
                }
              },
              headers);
        }
      };
    }

    private void note(Attempt attempt, Status status) {
      if (SICK.contains(status.getCode())) {
        failed.set(attempt.called);
      } else if (failed.get() != null) {
        failed.remove();
      }
    }
  }
}
