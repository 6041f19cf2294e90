package emporion.order.adapter;

import emporion.chassis.discovery.Neighbours;
import emporion.chassis.grpc.BalancedChannel;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.tls.Trust;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Connections to neighbours, by grpc-java's own client: in Helidon 4.1.2's a {@code NOT_FOUND} that
 * comes without a message arrives as {@code UNKNOWN}.
 */
final class Channels {
  /**
   * A first packet that is lost, because whoever was there has just gone, is sent again to the same
   * place for half a minute; a new attempt may be led elsewhere.
   */
  private static final int CONNECT_MILLIS = 800;

  private Channels() {}

  /**
   * A connection that tells its neighbour which trace each call belongs to.
   *
   * @param neighbour with {@code https}, {@code grpcs} or {@code storks}, over TLS
   */
  static ManagedChannel to(URI neighbour) {
    var channel =
        Neighbours.isSingle(neighbour)
            ? NettyChannelBuilder.forAddress(neighbour.getHost(), neighbour.getPort())
            : BalancedChannel.to(neighbour);
    return secured(channel, neighbour)
        .directExecutor()
        .keepAliveTime(30, TimeUnit.SECONDS)
        .maxInboundMetadataSize(16_384)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .intercept(new Traced())
        .build();
  }

  private static NettyChannelBuilder secured(NettyChannelBuilder channel, URI neighbour) {
    return switch (neighbour.getScheme()) {
      case "http", "grpc", "stork" -> channel.usePlaintext();
      case "https", "grpcs", "storks" -> channel.sslContext(trust());
      default ->
          throw new IllegalArgumentException(
              neighbour + " is neither http(s) nor grpc(s) nor stork(s)");
    };
  }

  /** The library checks the name of the host. */
  private static SslContext trust() {
    try {
      var context = GrpcSslContexts.forClient();
      Trust.authorities().ifPresent(file -> context.trustManager(file.toFile()));
      return context.build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("emporion.tls.ca can't be used", e);
    }
  }

  /**
   * Tries a neighbour that was away at once. How often that happens is for the breaker in front of
   * each call; gRPC's own pauses grow to two minutes and go on when the neighbour is back.
   */
  static ManagedChannel awake(ManagedChannel channel) {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    return channel;
  }

  /** Tells how a call was answered. */
  private static final class Observed<A> extends SimpleForwardingClientCallListener<A> {
    private final Span span;

    Observed(ClientCall.Listener<A> listener, Span span) {
      super(listener);
      this.span = span;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      span.with("rpc.response.status_code", status.getCode());
      if (!status.isOk()) {
        span.failed(status.getCode().name());
      }
      span.end();
      super.onClose(status, trailers);
    }
  }

  private record Traced() implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          var span =
              Span.start(Kind.CLIENT, method.getFullMethodName())
                  .with("rpc.system.name", "grpc")
                  .with("rpc.method", method.getFullMethodName())
                  .with("server.address", next.authority());
          span.within()
              .ifPresent(trace -> trace.writeTo((name, value) -> put(headers, name, value)));
          super.start(span.recorded() ? new Observed<>(listener, span) : listener, headers);
        }
      };
    }

    private static void put(Metadata headers, String name, String value) {
      headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
  }
}
