package emporion.chassis.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * How much each logger of this process says, to be changed while it runs and for a while: it says
 * again what it said before when the time is over, and at the next start.
 */
final class LogLevels {
  /** So many may be changed at the same time. */
  static final int MOST = 100;

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLevels.class);

  private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Map<String, Change> changes = new ConcurrentHashMap<>();

  /**
   * A level for a while.
   *
   * @param before null where it was that of the logger above
   */
  private record Change(Level before, Instant until) {}

  /**
   * A logger's standing.
   *
   * @param configured empty where the logger above decides
   * @param until empty where it is for good
   */
  record Standing(Optional<Level> configured, Level effective, Optional<Instant> until) {}

  Iterable<Logger> all() {
    return loggers.getLoggerList();
  }

  Standing standing(Logger logger) {
    return new Standing(
        Optional.ofNullable(logger.getLevel()),
        logger.getEffectiveLevel(),
        Optional.ofNullable(changes.get(logger.getName())).map(Change::until));
  }

  /** Empty where there is none. */
  Optional<Logger> find(String name) {
    return Optional.ofNullable(loggers.exists(name));
  }

  /** Sets it, also for one that is not there yet; false where too many are changed already. */
  synchronized boolean set(String name, Level level, Duration duration) {
    if (!changes.containsKey(name) && changes.size() >= MOST) {
      return false;
    }
    var logger = loggers.getLogger(name);
    var before = changes.containsKey(name) ? changes.get(name).before() : logger.getLevel();
    var change = new Change(before, Instant.now().plus(duration).truncatedTo(ChronoUnit.MILLIS));
    changes.put(name, change);
    logger.setLevel(level);
    CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> end(name, change));
    LOG.info("The level of {} is {} until {}", name, level, change.until());
    return true;
  }

  /** Sets back what was changed, if anything was. */
  synchronized void reset(String name) {
    var change = changes.get(name);
    if (change != null) {
      end(name, change);
    }
  }

  /** Unless it was set anew meanwhile. */
  private synchronized void end(String name, Change change) {
    if (changes.remove(name, change)) {
      loggers.getLogger(name).setLevel(before(name, change));
      LOG.info("The level of {} is as before", name);
    }
  }

  /** The root has always one. */
  private static Level before(String name, Change change) {
    boolean root = name.equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
    return change.before() == null && root ? Level.INFO : change.before();
  }
}
