package emporion.chassis.helidon;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.DistributionSummary;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Timer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What MicroProfile Metrics and Fault Tolerance measure, by names and base units as Prometheus has
 * them. Of the runtime's own meters nothing is told: the JVM's come from elsewhere.
 */
final class MicroProfileMeters implements MultiCollector {
  private static final String FAULT_TOLERANCE = "ft.";
  private static final String APPLICATION = "application";
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
  private static final Pattern NO_NAME = Pattern.compile("[^a-z0-9_]");

  /** How many of them are one of the base unit. */
  private static final Map<String, Double> TIMES =
      Map.of("seconds", 1.0, "milliseconds", 1e3, "microseconds", 1e6, "nanoseconds", 1e9);

  @Override
  public MetricSnapshots collect() {
    var families =
        Metrics.globalRegistry().meters().stream()
            .filter(MicroProfileMeters::isTold)
            .collect(
                Collectors.groupingBy(
                    MicroProfileMeters::name, LinkedHashMap::new, Collectors.toList()));
    return new MetricSnapshots(
        families.values().stream().map(MicroProfileMeters::snapshot).toList());
  }

  private static boolean isTold(Meter meter) {
    return meter.id().name().startsWith(FAULT_TOLERANCE)
        || APPLICATION.equals(meter.scope().orElse(APPLICATION));
  }

  private static String name(Meter meter) {
    var name = snakeCase(meter.id().name()).replaceFirst("_total$", "");
    var unit = unit(meter);
    return unit == null || name.endsWith("_" + unit) ? name : name + "_" + unit;
  }

  private static String snakeCase(String name) {
    var words = HUMP.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    return NO_NAME.matcher(words).replaceAll("_");
  }

  /** Null where it has none. */
  private static Unit unit(Meter meter) {
    if (meter instanceof Timer) {
      return Unit.SECONDS;
    }
    var unit = meter.baseUnit().orElse("");
    return TIMES.containsKey(unit) ? Unit.SECONDS : unit.equals("bytes") ? Unit.BYTES : null;
  }

  private static double scaled(Meter meter, double value) {
    return value / TIMES.getOrDefault(meter.baseUnit().orElse(""), 1.0);
  }

  private static MetricSnapshot snapshot(List<Meter> family) {
    var first = family.getFirst();
    var help = first.description().filter(words -> !words.isBlank());
    var metadata =
        new MetricMetadata(name(first), help.orElse(name(first).replace('_', ' ')), unit(first));
    return switch (first) {
      case Counter any ->
          new CounterSnapshot(metadata, points(family, MicroProfileMeters::counter));
      case FunctionalCounter any ->
          new CounterSnapshot(metadata, points(family, MicroProfileMeters::counter));
      case Gauge<?> any -> new GaugeSnapshot(metadata, points(family, MicroProfileMeters::gauge));
      default -> new SummarySnapshot(metadata, points(family, MicroProfileMeters::summary));
    };
  }

  private static <P> List<P> points(List<Meter> family, Function<Meter, P> point) {
    return family.stream().map(point).toList();
  }

  private static CounterDataPointSnapshot counter(Meter meter) {
    var count = meter instanceof FunctionalCounter read ? read.count() : ((Counter) meter).count();
    return new CounterDataPointSnapshot(scaled(meter, count), labels(meter), null, 0);
  }

  private static GaugeDataPointSnapshot gauge(Meter meter) {
    return new GaugeDataPointSnapshot(scaled(meter, value((Gauge<?>) meter)), labels(meter), null);
  }

  /** One that can't be read is no number: the others are still wanted then. */
  private static double value(Gauge<?> gauge) {
    try {
      return gauge.value().doubleValue();
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  private static SummaryDataPointSnapshot summary(Meter meter) {
    var point = SummaryDataPointSnapshot.builder().labels(labels(meter));
    return switch (meter) {
      case Timer timer -> point.count(timer.count()).sum(timer.totalTime(TimeUnit.SECONDS)).build();
      case DistributionSummary summary ->
          point.count(summary.count()).sum(scaled(meter, summary.totalAmount())).build();
      default -> point.build();
    };
  }

  private static Labels labels(Meter meter) {
    var labels = Labels.builder();
    meter.id().tagsMap().forEach((name, value) -> labels.label(snakeCase(name), value));
    return labels.build();
  }
}
