package emporion.chassis.grpc;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;

/** Lets grpc-java choose among a neighbour's instances as REST clients do. */
public final class BalancerProvider extends LoadBalancerProvider {
  static final String POLICY = "less_busy_of_two";

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return 5;
  }

  @Override
  public String getPolicyName() {
    return POLICY;
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return new Balancer(helper);
  }
}
