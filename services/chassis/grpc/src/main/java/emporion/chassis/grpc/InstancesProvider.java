package emporion.chassis.grpc;

import emporion.chassis.discovery.Instance;
import emporion.chassis.discovery.Neighbour;
import emporion.chassis.discovery.Neighbours;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells grpc-java where a neighbour's instances are: its target is {@code instances:} and the
 * address as a setting gives it ({@code instances:stork://product-service-grpc}).
 */
public final class InstancesProvider extends NameResolverProvider {
  static final String SCHEME = "instances";
  static final Attributes.Key<Neighbour> NEIGHBOUR = Attributes.Key.create("neighbour");
  static final Attributes.Key<Instance> INSTANCE = Attributes.Key.create("instance");

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
    return SCHEME.equals(target.getScheme())
        ? new Resolver(Neighbours.configured().of(URI.create(target.getRawSchemeSpecificPart())))
        : null;
  }

  private static final class Resolver extends NameResolver {
    private final Neighbour neighbour;
    private final Lock order = new ReentrantLock();
    private Listener2 listener;

    Resolver(Neighbour neighbour) {
      this.neighbour = neighbour;
    }

    /** What a certificate must name, where its instance does not say otherwise. */
    @Override
    public String getServiceAuthority() {
      return neighbour.name().split(",")[0];
    }

    @Override
    public void start(Listener2 told) {
      listener = told;
      neighbour.onChange(all -> refresh());
    }

    /** Also when a connection was lost: what its host's name stands for may have changed. */
    @Override
    public void refresh() {
      Thread.startVirtualThread(this::tell); // a look-up blocks
    }

    private void tell() {
      order.lock();
      try {
        listener.onResult(found(neighbour.instances()));
      } finally {
        order.unlock();
      }
    }

    private ResolutionResult found(List<Instance> all) {
      return ResolutionResult.newBuilder()
          .setAddressesOrError(StatusOr.fromValue(all.stream().map(this::address).toList()))
          .setAttributes(Attributes.newBuilder().set(NEIGHBOUR, neighbour).build())
          .build();
    }

    private EquivalentAddressGroup address(Instance one) {
      var attributes = Attributes.newBuilder().set(INSTANCE, one);
      if (neighbour.name().contains(",")) {
        attributes.set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, one.authority());
      }
      return new EquivalentAddressGroup(
          new InetSocketAddress(one.host(), one.port()), attributes.build());
    }

    @Override
    public void shutdown() {
      neighbour.onChange(all -> {});
    }
  }
}
