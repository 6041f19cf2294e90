package emporion.gateway;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that may take too long, ten times a second, each from the thread of its own
 * event loop. A request pays a write of its deadline, not a timer.
 */
final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Map<EventExecutor, Set<Watched>> watched;

  /** What may take too long. */
  interface Watched {
    /**
     * Ends itself if it is late. Called by the thread of its event loop.
     *
     * @param now as {@link System#nanoTime()} tells
     */
    void look(long now);
  }

  Watchdog(EventLoopGroup loops) {
    watched =
        StreamSupport.stream(loops.spliterator(), false)
            .collect(Collectors.toMap(loop -> loop, loop -> ConcurrentHashMap.newKeySet()));
    for (var loop : loops) {
      loop.scheduleWithFixedDelay(
          () -> look(watched.get(loop)),
          PERIOD.toMillis(),
          PERIOD.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  void watch(EventLoop loop, Watched one) {
    watched.get(loop).add(one);
  }

  void forget(EventLoop loop, Watched one) {
    watched.get(loop).remove(one);
  }

  private static void look(Set<Watched> all) {
    long now = System.nanoTime();
    all.forEach(one -> look(one, now));
  }

  /** One that fails must not end the watch over all others. */
  private static void look(Watched one, long now) {
    try {
      one.look(now);
    } catch (RuntimeException e) {
      LOG.error("Something that was late could not be ended", e);
    }
  }
}
