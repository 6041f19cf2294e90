package emporion.chassis.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;

/** A channel whose calls go to the instances of a neighbour in turn. */
public final class BalancedChannel {
  private BalancedChannel() {}

  /**
   * To be told of TLS and the like.
   *
   * @param address of several instances, or the name by which they are found, as in {@link
   *     emporion.chassis.discovery.Neighbours}
   */
  public static NettyChannelBuilder to(URI address) {
    return NettyChannelBuilder.forTarget(InstancesProvider.SCHEME + ":" + address)
        .defaultLoadBalancingPolicy(BalancerProvider.POLICY)
        .intercept(new Attempt.Elsewhere());
  }
}
