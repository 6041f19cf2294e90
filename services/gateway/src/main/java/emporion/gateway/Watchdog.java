package emporion.gateway;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that may take too long, ten times a second, from one thread. A request pays a
 * write of its deadline, not a timer.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long PERIOD = Duration.ofMillis(100).toNanos();

  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean stopped;

  /** What may take too long. */
  interface Watched {
    /**
     * Ends itself if it is late. Must not block.
     *
     * @param now as {@link System#nanoTime()} tells
     */
    void look(long now);
  }

  Watchdog() {
    thread = Thread.ofPlatform().daemon().name("watchdog").start(this::run);
  }

  void watch(Watched one) {
    watched.add(one);
  }

  void forget(Watched one) {
    watched.remove(one);
  }

  private void run() {
    while (!stopped) {
      LockSupport.parkNanos(PERIOD);
      long now = System.nanoTime();
      watched.forEach(one -> look(one, now));
    }
  }

  /** One that fails must not end the watch over all others. */
  private static void look(Watched one, long now) {
    try {
      one.look(now);
    } catch (Exception e) {
      LOG.error("Something that was late could not be ended", e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
  }
}
