package emporion.chassis.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/** The workers of this process, which end with it: each its round under way, for 8 s at most. */
@ApplicationScoped
public class Workers {
  private static final Logger LOG = System.getLogger(Workers.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(8);
  private static final Metadata FAILURES =
      Metadata.builder()
          .withName("worker_failures")
          .withDescription("Rounds of a worker that failed and are repeated")
          .build();
  private static final Metadata SINCE =
      Metadata.builder()
          .withName("worker_last_success_age")
          .withDescription("How long ago a round of the worker last came to its end")
          .withUnit(MetricUnits.SECONDS)
          .build();

  private final List<Worker> all = new CopyOnWriteArrayList<>();
  private MetricRegistry metrics;

  Workers() {}

  /** Workers of their own, for whoever stops them too. */
  @Inject
  public Workers(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  /**
   * Starts a worker.
   *
   * @param name one of a few, as it is a label of metrics
   */
  public Worker start(String name, Worker.Round round) {
    return start(name, Duration.ZERO, round, () -> {});
  }

  /**
   * Starts a worker.
   *
   * @param name one of a few, as it is a label of metrics
   * @param first when the first round begins
   * @param end is run by its thread after the last round
   */
  public Worker start(String name, Duration first, Worker.Round round, Runnable end) {
    var tag = new Tag("worker", name);
    var failures = metrics.counter(FAILURES, tag);
    var worker = new Worker(name, round, end, failures::inc);
    metrics.gauge(SINCE, worker, Worker::secondsSinceSuccess, tag);
    all.add(worker);
    worker.start(first);
    return worker;
  }

  /** The names of those that have ended without being told to. */
  List<String> dead() {
    return all.stream().filter(worker -> !worker.isWell()).map(Worker::name).toList();
  }

  /** Tells all to stop, and waits until they have. */
  public void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop)
      throws InterruptedException {
    all.forEach(Worker::stop);
    long end = System.nanoTime() + GRACE.toNanos();
    for (var worker : all) {
      worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      if (worker.isWorking()) {
        LOG.log(Level.INFO, "Worker " + worker.name() + " is left in the middle of a round");
      }
    }
  }
}
