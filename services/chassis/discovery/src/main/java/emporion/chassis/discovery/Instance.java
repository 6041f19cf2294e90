package emporion.chassis.discovery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One instance of a service, and how it has done lately. What is noted of it may lose a note to a
 * race, which costs a request at most; what is under way is counted exactly.
 */
public final class Instance {
  private static final int FAILURES = 5;
  private static final Duration EJECTION = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 5;
  private static final Duration SLOW_START = Duration.ofSeconds(10);
  private static final double LEAST_WEIGHT = 0.1;

  /** Of the last calls, each of which counts a tenth: their mean is that of their logarithms. */
  private static final double NEWEST = 0.1;

  /** Without a call its slowness is forgotten by half in this time. */
  private static final Duration HALF_LIFE = Duration.ofSeconds(5);

  /** A first call loads classes and opens connections: less says nothing. */
  private static final int ENOUGH = 5;

  private static final double SLOWER = 3;
  private static final double SLOWER_MILLIS = 100;

  private final String host;
  private final int port;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long warmSince;
  private volatile long ejectedUntil;
  private volatile int ejections;
  private volatile double millis;
  private volatile long measuredAt;
  private volatile int measured;

  Instance(String host, int port, long now, boolean warm) {
    this.host = host;
    this.port = port;
    this.ejectedUntil = now;
    this.measuredAt = now;
    this.warmSince = warm ? now - SLOW_START.toNanos() : now;
  }

  /** A name or an address; one of IPv6 without brackets. */
  public String host() {
    return host;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** {@code host:port}, as a URI has it. */
  public String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  boolean is(String otherHost, int otherPort) {
    return host.equals(otherHost) && port == otherPort;
  }

  void begin() {
    underWay.incrementAndGet();
  }

  void abandoned() {
    underWay.decrementAndGet();
  }

  void succeeded(long begun, long now) {
    underWay.decrementAndGet();
    failures.set(0);
    measure(begun, now);
    if (ejections > 0 && now - ejectedUntil > ejection(ejections - 1).toNanos()) {
      ejections = 0;
    }
  }

  /** Whether it should be left out for a while. */
  boolean failed(long begun, long now) {
    underWay.decrementAndGet();
    // Who fails at once is not fast.
    if (millis(now - begun) > latency(now)) {
      measure(begun, now);
    }
    return failures.incrementAndGet() >= FAILURES;
  }

  /** Leaves it out. Behind that one more failure is enough. */
  void eject(long now) {
    var time = ejection(ejections).toNanos();
    ejections++;
    failures.set(FAILURES - 1);
    ejectedUntil = now + time;
    warmSince = now + time;
  }

  private static Duration ejection(int before) {
    return EJECTION.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
  }

  boolean ejected(long now) {
    return now - ejectedUntil < 0;
  }

  /** Whether a call may go to it: to a new one, or one that was left out, not each at once. */
  boolean takesPart(long now) {
    double weight = (double) (now - warmSince) / SLOW_START.toNanos();
    return weight >= 1 || ThreadLocalRandom.current().nextDouble() < Math.max(weight, LEAST_WEIGHT);
  }

  /**
   * Whether another one should rather be called: by what is under way, and where one of them is far
   * slower than the other, by that too. Small differences don't count, so that shares are even.
   */
  boolean busierThan(Instance other, long now) {
    double mine = latency(now);
    double its = other.latency(now);
    return load(mine, its) > other.load(its, mine);
  }

  private double load(double latency, double otherLatency) {
    boolean slow =
        measured >= ENOUGH
            && latency > SLOWER * otherLatency
            && latency > SLOWER_MILLIS + otherLatency;
    double slowness = slow ? latency / Math.max(otherLatency, 1) : 1;
    return (underWay.get() + 1) * slowness;
  }

  private void measure(long begun, long now) {
    double before = latency(now);
    double next = millis(now - begun);
    millis =
        before == 0 ? next : Math.exp((1 - NEWEST) * Math.log(before) + NEWEST * Math.log(next));
    measuredAt = now;
    measured = Math.min(measured + 1, ENOUGH);
  }

  /** 0 while it is unknown. */
  private double latency(long now) {
    return millis * Math.pow(0.5, (double) Math.max(0, now - measuredAt) / HALF_LIFE.toNanos());
  }

  private static double millis(long nanos) {
    return Math.max(0.001, (double) nanos / TimeUnit.MILLISECONDS.toNanos(1));
  }

  @Override
  public String toString() {
    return authority();
  }
}
