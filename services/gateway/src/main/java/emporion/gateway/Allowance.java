package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.github.bucket4j.ConsumptionProbe;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;

/**
 * What one request has taken from the quotas that hold for it, and the fields that tell its client
 * (draft-ietf-httpapi-ratelimit-headers-10): {@code RateLimit-Policy} names each quota with its
 * requests ({@code q}) in so many seconds ({@code w}), {@code RateLimit} what is left of it ({@code
 * r}) and the seconds until it is whole again ({@code t}), or, where nothing is left, until the
 * next request passes.
 */
final class Allowance {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Limits limits;
  private final Object client;
  private final StringBuilder policies = new StringBuilder();
  private final StringBuilder left = new StringBuilder();

  Allowance(Limits limits, Object client) {
    this.limits = limits;
    this.client = client;
  }

  /**
   * Any request.
   *
   * @throws Problem 429 where the client's quota is used up
   */
  void takeForClient() {
    take(limits.clients(), client);
  }

  /**
   * A request that costs the hash of a password.
   *
   * @throws Problem 429 where the client's quota of those is used up
   */
  void takeForSignIn() {
    take(limits.signIns(), client);
  }

  /**
   * A request with a token.
   *
   * @throws Problem 429 where the quota of the token's subject is used up
   */
  void takeForAccount(String subject) {
    take(limits.accounts(), subject);
  }

  private void take(Quotas quotas, Object key) {
    if (!quotas.on()) {
      return;
    }
    var probe = quotas.take(key);
    note(quotas, probe);
    if (!probe.isConsumed()) {
      throw Problem.rateLimited(
          "Too many requests of this " + quotas.name() + " in a short time.", untilNext(probe));
    }
  }

  private void note(Quotas quotas, ConsumptionProbe probe) {
    if (!policies.isEmpty()) {
      policies.append(", ");
      left.append(", ");
    }
    policies.append(quotas.policy());
    left.append('"').append(quotas.name()).append("\";r=").append(probe.getRemainingTokens());
    left.append(";t=").append(seconds(untilChange(probe)));
  }

  private static long untilChange(ConsumptionProbe probe) {
    return probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
  }

  /** Full seconds, so that whoever waits as long is not too early. */
  private static Duration untilNext(ConsumptionProbe probe) {
    return Duration.ofSeconds(seconds(probe.getNanosToWaitForRefill()));
  }

  private static long seconds(long nanos) {
    return Math.ceilDiv(nanos, SECOND);
  }

  /** Adds the fields; none where no quota was asked. */
  void writeTo(HttpHeaders answer) {
    if (!policies.isEmpty()) {
      answer.set("RateLimit-Policy", policies.toString());
      answer.set("RateLimit", left.toString());
    }
  }
}
