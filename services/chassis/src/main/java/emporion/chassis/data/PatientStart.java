package emporion.chassis.data;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;

/**
 * Transactions of the start may take longer than those that somebody waits for. On a starved
 * machine the first one alone can outlive the default limit, as it brings up all that transactions
 * need, and a service that is refused its start is started again, which starves the machine more.
 */
@ApplicationScoped
public class PatientStart {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int DEFAULT = 0;

  private UserTransaction transactions;

  PatientStart() {}

  @Inject
  PatientStart(UserTransaction transactions) {
    this.transactions = transactions;
  }

  void begin(
      @Observes @Priority(Database.MIGRATED) @Initialized(ApplicationScoped.class) Object start) {
    allow((int) LIMIT.toSeconds());
  }

  void end(@Observes Startup start) {
    allow(DEFAULT);
  }

  /** Applies to the transactions that this thread begins from now on. */
  private void allow(int seconds) {
    try {
      transactions.setTransactionTimeout(seconds);
    } catch (SystemException e) {
      throw new IllegalStateException(e);
    }
  }
}
