package emporion.chassis.data;

import emporion.chassis.work.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Throws away, once an hour, what the machinery has kept long enough: idempotency keys after 48
 * hours, events that were sent after 7 days, ids of events that were taken in after 14 days; and
 * each {@link Sweep} of the service's own.
 */
@ApplicationScoped
public class Housekeeping {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofHours(1);

  private Workers workers;
  private List<Sweep> sweeps;

  Housekeeping() {}

  @Inject
  Housekeeping(Workers workers, Expiry expiry, Instance<Sweep> own) {
    this.workers = workers;
    sweeps =
        Stream.concat(
                Stream.of(
                    new Old(expiry, "idempotency_key", "created_at", Duration.ofHours(48)),
                    new Old(expiry, "outbox", "sent_at", Duration.ofDays(7)),
                    new Old(expiry, "inbox", "seen_at", Duration.ofDays(14))),
                own.stream())
            .toList();
  }

  void start(@Observes Startup start) {
    for (var sweep : sweeps) {
      workers.start("sweep-" + sweep.name(), FIRST, () -> hourly(sweep), () -> {});
    }
  }

  private static Duration hourly(Sweep sweep) {
    return sweep.sweep(Instant.now()) ? Duration.ZERO : INTERVAL;
  }

  /**
   * Throws away all that is older than its time at this moment.
   *
   * @throws IllegalStateException with all that failed, after the others are done
   */
  public void sweep(Instant now) {
    var failure = new IllegalStateException("What is old could not all be thrown away");
    for (var sweep : sweeps) {
      try {
        boolean more = true;
        while (more) {
          more = sweep.sweep(now);
        }
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private record Old(Expiry expiry, String name, String column, Duration kept) implements Sweep {
    @Override
    public boolean sweep(Instant now) {
      return expiry.delete(name, column, now.minus(kept));
    }
  }
}
