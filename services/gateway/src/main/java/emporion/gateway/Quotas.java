package emporion.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;

/**
 * A quota of requests for each of many clients or accounts: so many at once, and as many again
 * evenly over the window. One that has been quiet for a window has its whole quota again, so
 * forgetting it changes nothing; beyond the number that is remembered, the rarest are forgotten
 * first.
 */
final class Quotas {
  private final String name;
  private final long requests;
  private final Duration window;
  private final String policy;
  private final Cache<Object, Bucket> buckets;
  private final CounterDataPoint refused;

  /**
   * Quotas that nobody has used yet.
   *
   * @param name as clients and operators see it; a token of RFC 9110
   * @param quota of each; of no requests switches it off
   * @param remembered how many are told apart
   */
  Quotas(String name, Settings.Quota quota, int remembered, Counter refused) {
    this.name = name;
    this.requests = quota.requests();
    this.window = quota.window();
    this.policy = "\"%s\";q=%d;w=%d".formatted(name, requests, window.toSeconds());
    this.buckets =
        Caffeine.newBuilder().maximumSize(remembered).expireAfterAccess(quota.window()).build();
    this.refused = refused.labelValues(name);
  }

  boolean on() {
    return requests > 0;
  }

  String name() {
    return name;
  }

  /** The quota as a member of {@code RateLimit-Policy}. */
  String policy() {
    return policy;
  }

  /** Takes one request from the quota of whoever the key names. */
  ConsumptionProbe take(Object key) {
    var probe = buckets.get(key, any -> full()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      refused.inc();
    }
    return probe;
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, window))
        .withNanosecondPrecision()
        .build();
  }
}
