package emporion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.faults.FaultRun.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short run; {@code services/system-tests/faults} makes one as long as one likes. */
class FaultsIT {
  private static final Duration TIME = Duration.ofMinutes(2);
  private static final int SHOPPERS = 8;
  private static final int PRODUCTS = 20;
  private static final int FEW = 30;

  @Test
  void no_fault_loses_an_order_sells_twice_or_charges_twice() throws Exception {
    var plan = new Plan(TIME, System.nanoTime(), SHOPPERS, PRODUCTS, true, "h2", "embedded", null);
    try (var run = new FaultRun(plan)) {
      var report = run.run();
      assertEquals(List.of(), report.violations(), () -> "with " + plan);
      assertTrue(report.orders() > FEW, () -> "hardly any orders: " + report);
      assertFalse(report.faults().isEmpty(), "nothing was broken");
    }
  }
}
