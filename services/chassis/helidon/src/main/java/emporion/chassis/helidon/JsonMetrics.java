package emporion.chassis.helidon;

import io.helidon.common.Weight;
import io.helidon.common.Weighted;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MeterRegistryFormatter;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.StreamSupport;

/**
 * Metrics as JSON, by Helidon, which finds it before its own provider. JSON has no word for what is
 * no finite number, and one such gauge, or one that fails, is a 500 for all of them (4.1.2): it is
 * left out.
 */
@Weight(Weighted.DEFAULT_WEIGHT + 1)
public final class JsonMetrics implements MeterRegistryFormatterProvider {

  @Override
  public Optional<MeterRegistryFormatter> formatter(
      MediaType type,
      MetricsConfig config,
      MeterRegistry registry,
      Optional<String> scopeTag,
      Iterable<String> scopes,
      Iterable<String> names) {
    if (!type.equals(MediaTypes.APPLICATION_JSON)) {
      return Optional.empty();
    }
    var finite = finite(registry);
    return ServiceLoader.load(MeterRegistryFormatterProvider.class).stream()
        .filter(provider -> provider.type() != JsonMetrics.class)
        .map(Provider::get)
        .flatMap(
            helidon -> helidon.formatter(type, config, finite, scopeTag, scopes, names).stream())
        .findFirst();
  }

  private static MeterRegistry finite(MeterRegistry registry) {
    return (MeterRegistry)
        Proxy.newProxyInstance(
            JsonMetrics.class.getClassLoader(),
            new Class<?>[] {MeterRegistry.class},
            (proxy, method, arguments) -> {
              try {
                var answer = method.invoke(registry, arguments);
                return method.getName().equals("meters") ? finite((Iterable<?>) answer) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Iterable<?> finite(Iterable<?> meters) {
    return StreamSupport.stream(meters.spliterator(), false)
        .map(meter -> meter instanceof Gauge<?> gauge ? new FiniteGauge(gauge) : meter)
        .toList();
  }

  /** Has no value where JSON has no word for it, and where it can't be read. */
  private record FiniteGauge(Gauge<?> gauge) implements Gauge<Number> {

    @Override
    public Number value() {
      try {
        var value = gauge.value();
        return Double.isFinite(value.doubleValue()) ? value : null;
      } catch (RuntimeException e) {
        return null;
      }
    }

    @Override
    public Meter.Id id() {
      return gauge.id();
    }

    @Override
    public Optional<String> baseUnit() {
      return gauge.baseUnit();
    }

    @Override
    public Optional<String> description() {
      return gauge.description();
    }

    @Override
    public Meter.Type type() {
      return gauge.type();
    }

    @Override
    public Optional<String> scope() {
      return gauge.scope();
    }

    @Override
    public <R> R unwrap(Class<? extends R> type) {
      return gauge.unwrap(type);
    }
  }
}
