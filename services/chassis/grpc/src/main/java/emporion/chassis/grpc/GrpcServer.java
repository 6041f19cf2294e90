package emporion.chassis.grpc;

import emporion.chassis.data.Failures;
import emporion.chassis.data.Ids;
import emporion.chassis.jose.TokenVerifier;
import emporion.chassis.jose.VerifiedToken;
import emporion.chassis.problem.Problem;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.telemetry.Trace;
import emporion.chassis.tls.ServerCertificate;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * grpc-java's own server, because Helidon's refuses the C-core clients (Python, Ruby, PHP). Beside
 * a service's own it has {@code grpc.health.v1.Health} and {@code
 * grpc.reflection.v1.ServerReflection} with its elder {@code v1alpha}, all open to everybody. Over
 * TLS where this process has a certificate.
 */
public final class GrpcServer {
  private static final Logger LOG = System.getLogger(GrpcServer.class.getName());
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Context.Key<VerifiedToken> CALLER = Context.key("caller");
  private static final Context.Key<Asked> ASKED = Context.key("asked");

  /** What counts as the server's own failure, by OpenTelemetry's conventions for gRPC. */
  private static final Set<Status.Code> FAILURES =
      EnumSet.of(
          Status.Code.UNKNOWN,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNIMPLEMENTED,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE,
          Status.Code.DATA_LOSS);

  private static final int MAX_MESSAGE_BYTES = 16_384;
  private static final int MAX_METADATA_BYTES = 16_384;
  private static final int MAX_CALLS_PER_CONNECTION = 256;
  private static final long GRACE_SECONDS = 10;

  private final Server server;
  private final HealthStatusManager health;

  private GrpcServer(Server server, HealthStatusManager health) {
    this.server = server;
    this.health = health;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /**
   * Serves from now on, each call in a virtual thread of its own.
   *
   * @param port 0 for one that is free
   */
  public static GrpcServer start(String host, int port, ServerServiceDefinition... services)
      throws IOException {
    var health = new HealthStatusManager();
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .intercept(new Traced())
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(elderReflection());
    var certificate = ServerCertificate.ofProcess();
    if (certificate.isPresent()) {
      var own = SslContextBuilder.forServer(certificate.get());
      server.sslContext(GrpcSslContexts.configure(own).build());
    }
    for (var service : services) {
      server.addService(service);
      health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
    return new GrpcServer(server.build().start(), health);
  }

  /** {@code v1alpha}: what many tools still ask for first. */
  @SuppressWarnings("deprecation")
  private static BindableService elderReflection() {
    return ProtoReflectionService.newInstance();
  }

  /** Says NOT_SERVING, lets the calls that have begun end within ten seconds, and stops. */
  public void stop() throws InterruptedException {
    health.enterTerminalState();
    if (!server.shutdown().awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
      server.shutdownNow();
    }
  }

  /** The port that is listened on. */
  public int port() {
    return server.getPort();
  }

  /**
   * A service that answers UNAUTHENTICATED unless the metadata has a valid {@code authorization:
   * Bearer} token (RFC 6750).
   */
  public static ServerServiceDefinition authenticated(
      BindableService service, TokenVerifier tokens) {
    return ServerInterceptors.intercept(service, new Authentication(tokens));
  }

  /**
   * Who makes the call that the current thread answers.
   *
   * @throws IllegalStateException in a service that is not {@link #authenticated}
   */
  public static VerifiedToken caller() {
    return Optional.ofNullable(CALLER.get()).orElseThrow(IllegalStateException::new);
  }

  /**
   * An id of a request.
   *
   * @throws StatusRuntimeException INVALID_ARGUMENT for what is none
   */
  public static UUID id(String field, String text) {
    return Ids.parse(text)
        .orElseThrow(
            () ->
                Status.INVALID_ARGUMENT
                    .withDescription(field + " must be a UUID.")
                    .asRuntimeException());
  }

  /**
   * Answers a call with one message, unless its deadline has passed or its client is gone. A
   * failure becomes a status: a {@link Problem} its counterpart, a database that is away
   * UNAVAILABLE, and what nobody foresaw INTERNAL without a word about the inside.
   */
  public static <A> void answer(StreamObserver<A> client, Supplier<A> work) {
    if (Context.current().isCancelled()) {
      client.onError(Status.CANCELLED.asRuntimeException());
      return;
    }
    Optional.ofNullable(ASKED.get()).orElseGet(() -> new Asked(Trace.begun(), Span.none())).begin();
    try {
      client.onNext(work.get());
      client.onCompleted();
    } catch (Throwable e) {
      client.onError(refusal(e));
    } finally {
      Span.leave();
    }
  }

  /** What the current thread answers. */
  private record Asked(Trace trace, Span span) {
    void begin() {
      span.begin(trace);
    }
  }

  /** Not only of a RuntimeException: a failed commit is a checked one that no method declares. */
  private static StatusRuntimeException refusal(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException refusal -> refusal;
      case Problem problem ->
          status(problem).withDescription(problem.getMessage()).asRuntimeException();
      case Missing missing ->
          Status.NOT_FOUND.withDescription(missing.getMessage()).asRuntimeException();
      case Refusal refusal ->
          Status.FAILED_PRECONDITION.withDescription(refusal.getMessage()).asRuntimeException();
      case Throwable e when Failures.isOutage(e) -> {
        LOG.log(Level.WARNING, () -> "The database did not do its part: " + e.getMessage());
        yield Status.UNAVAILABLE
            .withDescription("The service can't reach its data right now.")
            .asRuntimeException();
      }
      case Throwable e -> {
        LOG.log(Level.ERROR, "A call failed in a way that nobody foresaw", e);
        yield Status.INTERNAL
            .withDescription("Something went wrong on our side.")
            .asRuntimeException();
      }
    };
  }

  /** As google.rpc.Code maps statuses of HTTP. */
  private static Status status(Problem problem) {
    return switch (problem.status()) {
      case 400 -> Status.INVALID_ARGUMENT;
      case 401 -> Status.UNAUTHENTICATED;
      case 403 -> Status.PERMISSION_DENIED;
      case 404 -> Status.NOT_FOUND;
      case 503 -> Status.UNAVAILABLE;
      default -> problem.status() < 500 ? Status.FAILED_PRECONDITION : Status.INTERNAL;
    };
  }

  private record Traced() implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var trace = Trace.of(name -> joined(headers, name));
      var span = span(call.getMethodDescriptor().getFullMethodName(), trace);
      var context = Context.current().withValue(ASKED, new Asked(trace, span));
      if (!span.recorded()) {
        return Contexts.interceptCall(context, call, headers, next);
      }
      var listener = Contexts.interceptCall(context, new ObservedCall<>(call, span), headers, next);
      return new ObservedListener<>(listener, span);
    }

    /** Whoever looks whether the server is well is not seen. */
    private static Span span(String method, Trace trace) {
      return method.startsWith("grpc.")
          ? Span.none()
          : Span.start(Kind.SERVER, method, trace)
              .with("rpc.system.name", "grpc")
              .with("rpc.method", method);
    }

    private static String joined(Metadata headers, String name) {
      var values = headers.getAll(key(name));
      return values == null ? null : String.join(",", values);
    }
  }

  /** Tells how a call was answered. */
  private static final class ObservedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Span span;

    ObservedCall(ServerCall<Q, A> call, Span span) {
      super(call);
      this.span = span;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      super.close(status, trailers);
      var code = status.getCode();
      span.with("rpc.response.status_code", code);
      if (FAILURES.contains(code)) {
        span.failed(code.name());
      }
      span.end();
    }
  }

  /** Tells of a client that has left. */
  private static final class ObservedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Span span;

    ObservedListener(ServerCall.Listener<Q> listener, Span span) {
      super(listener);
      this.span = span;
    }

    @Override
    public void onCancel() {
      super.onCancel();
      span.with("rpc.response.status_code", Status.Code.CANCELLED).end();
    }
  }

  private record Authentication(TokenVerifier tokens) implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      try {
        var header = Optional.ofNullable(headers.get(AUTHORIZATION)).orElse("");
        var caller = tokens.verify(header.replaceFirst("(?i)^Bearer +", ""));
        var context = Context.current().withValue(CALLER, caller);
        return Contexts.interceptCall(context, call, headers, next);
      } catch (Problem refusal) {
        return closed(call, status(refusal).withDescription(refusal.title()));
      } catch (Exception defect) {
        return closed(call, refusal(defect).getStatus());
      }
    }

    private static <Q, A> ServerCall.Listener<Q> closed(ServerCall<Q, A> call, Status status) {
      call.close(status, new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
