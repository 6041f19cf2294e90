package emporion.tour;

import emporion.chassis.testkit.Collector;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one shop of this run, and the collector of its traces, to every class that asks for
 * them, and ends them after the last.
 */
public final class RunningShop implements ParameterResolver {
  private static final Namespace HERE = Namespace.create(RunningShop.class);
  private static final Set<Class<?>> WANTED = Set.of(Shop.class, Collector.class);

  /** It records what a caller asks it to, and nothing else. */
  private record Lease(Collector collector, Shop shop) implements CloseableResource {
    static Lease begin() {
      var collector = new Collector();
      var traces =
          Map.of(
              "OTEL_SDK_DISABLED", "false",
              "OTEL_TRACES_SAMPLER", "parentbased_always_off",
              "OTEL_EXPORTER_OTLP_ENDPOINT", collector.uri().toString(),
              "OTEL_BSP_SCHEDULE_DELAY", "200");
      return new Lease(collector, new Shop("shop", shop -> traces).validated());
    }

    @Override
    public void close() {
      shop.close();
      collector.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return WANTED.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var lease =
        context
            .getRoot()
            .getStore(HERE)
            .getOrComputeIfAbsent("shop", key -> Lease.begin(), Lease.class);
    return parameter.getParameter().getType() == Shop.class ? lease.shop() : lease.collector();
  }
}
