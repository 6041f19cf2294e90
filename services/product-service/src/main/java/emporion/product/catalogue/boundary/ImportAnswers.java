package emporion.product.catalogue.boundary;

import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.product.catalogue.control.ImportRow;
import emporion.product.catalogue.control.ImportSheet;
import emporion.product.catalogue.control.Imports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Files of products, one at a time: the rows of one stand in memory until all of them hold. */
@ApplicationScoped
public class ImportAnswers {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int DEFAULT = 0;

  private final Semaphore turn = new Semaphore(1);
  private Imports imports;
  private Idempotency idempotency;
  private UserTransaction transactions;
  private Duration limit;

  ImportAnswers() {}

  @Inject
  ImportAnswers(
      Imports imports,
      Idempotency idempotency,
      UserTransaction transactions,
      @ConfigProperty(name = "emporion.import.time-limit") Duration limit) {
    this.imports = imports;
    this.idempotency = idempotency;
    this.transactions = transactions;
    this.limit = limit;
  }

  /**
   * Takes a file over; the answer is the same in all versions, so a key is good in all of them.
   *
   * @throws Problem 503 while another file is being imported
   */
  public Response take(String key, SecurityContext security, InputStream file) {
    if (!turn.tryAcquire()) {
      throw Problem.unavailable("Another file is being imported.", RETRY);
    }
    try {
      return take(key, Caller.of(security).subject(), ImportSheet.read(file));
    } finally {
      turn.release();
    }
  }

  private Response take(String key, String by, List<ImportRow> rows) {
    allow((int) limit.toSeconds());
    try {
      return idempotency.once(
          "import:" + by, key, rows, () -> Response.ok(imports.take(rows, by)).build());
    } finally {
      allow(DEFAULT);
    }
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
