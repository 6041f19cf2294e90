package emporion.chassis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.chassis.amqp.RunningChassis;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import org.junit.jupiter.api.Test;

class PatientStartTest {

  /** Works at the start as services do. */
  @ApplicationScoped
  public static class Starter {
    @Inject private TransactionManager transactions;
    private int limit;

    void start(
        @Observes @Priority(Database.MIGRATED + 1) @Initialized(ApplicationScoped.class)
            Object start)
        throws Exception {
      limit = limit();
    }

    /** How many seconds a transaction has that begins now, as its coordinator tells. */
    int limit() throws Exception {
      transactions.begin();
      try {
        var transaction = transactions.getTransaction();
        return (int) transaction.getClass().getMethod("getTimeout").invoke(transaction);
      } finally {
        transactions.rollback();
      }
    }

    int limitOfTheStart() {
      return limit;
    }
  }

  @Test
  void transactionsOfTheStartHaveMoreTimeThanThoseThatSomebodyWaitsFor() throws Exception {
    var starter = RunningChassis.SERVICE.bean(Starter.class);
    assertEquals(300, starter.limitOfTheStart());
    assertEquals(10, starter.limit());
  }
}
