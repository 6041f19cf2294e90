package emporion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.faults.Plan.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Short runs; {@code services/system-tests/faults} makes one as long as one likes. */
class FaultsIT {
  private static final Duration TIME = Duration.ofSeconds(45);
  private static final int SHOPPERS = 8;
  private static final int PRODUCTS = 20;
  private static final int RUSH = 30;
  private static final int FEW = 20;

  @Test
  void noFaultLosesAnOrderSellsTwiceOrChargesTwiceOnWhatIsEmbedded() throws Exception {
    holds("h2");
  }

  @Test
  void norOnPostgresWhereTwoReplicasRecoverTheSameOrders() throws Exception {
    holds("postgres");
  }

  private static void holds(String database) throws Exception {
    var plan =
        new Plan(
            TIME,
            Integer.MAX_VALUE,
            System.nanoTime(),
            SHOPPERS,
            PRODUCTS,
            RUSH,
            Faults.ON,
            database,
            "embedded",
            null);
    try (var run = new FaultRun(plan)) {
      var report = run.run();
      assertEquals(List.of(), report.violations(), () -> "with " + plan);
      assertTrue(report.orders() > FEW, () -> "hardly any orders: " + report);
      assertFalse(report.faults().isEmpty(), "nothing was broken");
    }
  }
}
