package emporion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.faults.Plan.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Each build breaks everything once, in an order that {@code -Dseed} throws; each night for longer,
 * and {@code services/system-tests/faults} for as long as one likes. It waits more than it works,
 * so each build runs it beside the others; at night, when it works for longer, nothing does.
 */
@Order(0)
@Execution(ExecutionMode.CONCURRENT)
class FaultsIT {
  private static final long SEED = Long.getLong("seed", 1);

  /** It takes three: each kind needs a while, none more than half a minute. */
  private static final Duration ENOUGH_FOR_EACH = Duration.ofMinutes(8);

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int SHOPPERS = 8;
  private static final int PRODUCTS = 20;
  private static final int RUSH = 30;
  private static final int FEW = 20;

  /** On PostgreSQL there is more to break, and two replicas recover the same orders. */
  @Test
  void noFaultLosesAnOrderSellsTwiceOrChargesTwice() throws Exception {
    holds(Faults.ONCE, ENOUGH_FOR_EACH, "postgres");
  }

  @Test
  @Tag("nightly")
  void norOneAfterTheOther() throws Exception {
    holds(Faults.ON, LONG, "postgres");
  }

  @Test
  @Tag("nightly")
  void norOnWhatIsEmbedded() throws Exception {
    holds(Faults.ON, LONG, "h2");
  }

  private static void holds(Faults faults, Duration time, String database) throws Exception {
    var plan =
        new Plan(
            time,
            Integer.MAX_VALUE,
            SEED,
            SHOPPERS,
            PRODUCTS,
            RUSH,
            faults,
            database,
            "embedded",
            null);
    try (var run = new FaultRun(plan)) {
      var report = run.run();
      System.out.printf("%s: %s%n", plan, report.faults());
      assertEquals(List.of(), report.violations(), () -> "with " + plan);
      assertTrue(report.orders() > FEW, () -> "hardly any orders: " + report);
      assertEquals(List.of(), report.untried(), () -> "not broken within " + time);
    }
  }
}
