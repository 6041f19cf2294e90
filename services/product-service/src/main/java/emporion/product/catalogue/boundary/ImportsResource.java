package emporion.product.catalogue.boundary;

import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.product.catalogue.control.BadRows;
import emporion.product.catalogue.control.BadRows.Finding;
import emporion.product.catalogue.control.ImportRow;
import emporion.product.catalogue.control.ImportSheet;
import emporion.product.catalogue.control.Imports;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Files of products from those who keep them, one at a time in whichever version: the rows of one
 * stand in memory until all of them hold. The answer is the same in all versions, so a key is good
 * in all of them.
 */
@RolesAllowed({"catalogue_manager", "admin"})
public abstract class ImportsResource {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int DEFAULT = 0;
  private static final Semaphore TURN = new Semaphore(1);

  @Inject private Imports imports;
  @Inject private Idempotency idempotency;
  @Inject private UserTransaction transactions;
  @Inject private JsonWebToken token;

  @Inject
  @ConfigProperty(name = "emporion.import.time-limit")
  private Duration limit;

  /**
   * Takes a file over.
   *
   * @throws Problem 503 while another file is being imported
   */
  @POST
  @Consumes("text/csv")
  public Response take(@HeaderParam("Idempotency-Key") String key, InputStream file) {
    if (!TURN.tryAcquire()) {
      throw Problem.unavailable("Another file is being imported.", RETRY);
    }
    try {
      return take(key, token.getSubject(), ImportSheet.read(file));
    } catch (BadRows bad) {
      throw Problem.invalid(bad.findings().stream().map(ImportsResource::fieldError).toList());
    } finally {
      TURN.release();
    }
  }

  /** Such as {@code /rows/17/price_amount}. */
  private static FieldError fieldError(Finding finding) {
    var row = finding.row() == 0 ? "" : "/" + finding.row();
    var column = finding.column().isEmpty() ? "" : "/" + finding.column();
    return new FieldError("/rows" + row + column, finding.detail());
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
