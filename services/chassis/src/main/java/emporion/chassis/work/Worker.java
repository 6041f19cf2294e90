package emporion.chassis.work;

import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.telemetry.Telemetry;
import emporion.chassis.telemetry.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A thread that repeats one thing until it is told to stop. A round that fails, with an exception
 * (also a checked one that no method declares, as a failed commit is) or an error, is logged and
 * repeated after a pause of a second, which doubles up to a minute. An interrupt ends it.
 */
public final class Worker {
  private static final Logger LOG = System.getLogger(Worker.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final ScopedValue<Worker> CURRENT = ScopedValue.newInstance();

  private final String name;
  private final Round round;
  private final Runnable end;
  private final Runnable failed;
  private final Semaphore wakes = new Semaphore(0);
  private Thread thread;
  private Duration pause = Duration.ZERO;
  private Instant began = Instant.now();
  private Span span = Span.none();
  private volatile boolean stopping;
  private volatile long lastSuccess = System.nanoTime();

  Worker(String name, Round round, Runnable end, Runnable failed) {
    this.name = name;
    this.round = round;
    this.end = end;
    this.failed = failed;
  }

  /** One round of the work. */
  @FunctionalInterface
  public interface Round {
    /** Works, and says how long to rest before the next round. */
    Duration work() throws Exception;
  }

  void start(Duration first) {
    thread =
        Thread.ofVirtual()
            .name(name)
            .start(() -> ScopedValue.where(CURRENT, this).run(() -> run(first)));
  }

  /**
   * Says that the round of the current thread's worker has found something to do: it becomes a
   * trace of its own, from its beginning, as no request is behind it. A round that finds nothing is
   * none. Elsewhere than on a worker's thread it does nothing.
   *
   * @param about the traces of what was found, which the round is linked to
   */
  public static void busy(Collection<Trace> about) {
    if (Telemetry.on() && CURRENT.isBound()) {
      CURRENT.get().record(about);
    }
  }

  /** The same for what belongs to no trace. */
  public static void busy() {
    busy(List.of());
  }

  private void record(Collection<Trace> about) {
    if (!span.recorded()) {
      var trace = Trace.begun();
      span = Span.start(Kind.INTERNAL, "worker " + name, trace, began);
      if (span.recorded()) {
        span.begin(trace);
      }
    }
    about.stream().filter(trace -> !trace.root()).forEach(span::linkedTo);
  }

  /** The name of the thread, and in the metrics. */
  String name() {
    return name;
  }

  /** Cuts the present rest short, or else the next one; any number of calls count as one. */
  public void wake() {
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
  }

  /** Whether the round under way should come to its end. */
  public boolean stopping() {
    return stopping;
  }

  void stop() {
    stopping = true;
    wake();
  }

  void join(Duration patience) throws InterruptedException {
    thread.join(patience);
  }

  /** Whether it works, or was told to stop. */
  boolean isWell() {
    return stopping || thread.isAlive();
  }

  boolean isWorking() {
    return thread.isAlive();
  }

  /** Since the last round that did not fail. */
  double secondsSinceSuccess() {
    return (System.nanoTime() - lastSuccess) / 1e9;
  }

  private void run(Duration first) {
    try {
      rest(first);
      while (!stopping) {
        rest(round());
      }
    } catch (InterruptedException e) {
      if (!stopping) {
        LOG.log(Level.ERROR, "Worker " + name + " was interrupted, and works no more");
      }
    } finally {
      end.run();
    }
  }

  private void rest(Duration rest) throws InterruptedException {
    if (wakes.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
      wakes.drainPermits();
    }
  }

  private Duration round() throws InterruptedException {
    began = Instant.now();
    try {
      var rest = round.work();
      succeeded();
      return rest;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      busy();
      span.failed(e.getClass().getName());
      tell(e);
      failed.run();
      return pause;
    } finally {
      leave();
    }
  }

  private void leave() {
    if (span.recorded()) {
      span.end();
      Span.leave();
      span = Span.none();
    }
  }

  private void succeeded() {
    lastSuccess = System.nanoTime();
    if (pause.isPositive()) {
      pause = Duration.ZERO;
      LOG.log(Level.INFO, "Worker " + name + " works again");
    }
  }

  /** Of several failures in a row the first, in full. */
  private void tell(Throwable failure) {
    boolean first = pause.isZero();
    var doubled = first ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    LOG.log(
        first ? Level.WARNING : Level.DEBUG,
        "Worker " + name + " has failed, and tries again",
        failure);
  }
}
