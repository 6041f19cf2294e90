package emporion.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is counted of one route, by class of status; looked up once, when the gateway starts. */
final class RouteMeters {
  private static final int CLASSES = 5;
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final Timer[] timers = new Timer[CLASSES];
  private final Map<Failure, Counter> failures = new EnumMap<>(Failure.class);

  /** How a service fails to answer. */
  enum Failure {
    UNREACHABLE,
    TIMEOUT,
    BROKEN
  }

  RouteMeters(MeterRegistry registry, String route) {
    for (int i = 0; i < CLASSES; i++) {
      timers[i] =
          Timer.builder("http.server.requests")
              .description("Requests answered, by route and class of status")
              .tag("route", route)
              .tag("status", i + 1 + "xx")
              .serviceLevelObjectives(BUCKETS)
              .register(registry);
    }
    for (var failure : Failure.values()) {
      failures.put(
          failure,
          Counter.builder("gateway.upstream.failures")
              .description("Calls that a service did not answer")
              .tag("route", route)
              .tag("reason", failure.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** Counts an answer. */
  void count(int status, long nanos) {
    int index = status / 100 - 1;
    if (index >= 0 && index < CLASSES) {
      timers[index].record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Counts a call without an answer. */
  void failed(Failure failure) {
    failures.get(failure).increment();
  }
}
