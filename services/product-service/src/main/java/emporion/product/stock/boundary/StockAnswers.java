package emporion.product.stock.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Page;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.product.stock.control.StockLevels;
import emporion.product.stock.entity.Adjustment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/** The answers that all versions of the paths of stock share. */
@ApplicationScoped
public class StockAnswers {
  private StockLevels levels;
  private Idempotency idempotency;

  StockAnswers() {}

  @Inject
  StockAnswers(StockLevels levels, Idempotency idempotency) {
    this.levels = levels;
    this.idempotency = idempotency;
  }

  /** The level of one product. */
  public Response read(UUID id, Request request, Representation shape) {
    var stock = levels.find(id).orElseThrow(() -> Problem.notFound("product"));
    var tag = Etag.of(shape.version(), stock.version());
    return Etag.answer(request, tag, shape.level().apply(stock));
  }

  /** Corrects a level; 201, or what an earlier request with the same key was answered. */
  public Response adjust(
      UUID id, String key, SecurityContext security, NewAdjustment change, Representation shape) {
    var by = Caller.of(security).subject();
    var delta = change.nonZero();
    var reason = change.why();
    return idempotency.once(
        "adjust:" + id + ":" + by,
        key,
        new Correction(shape.version(), change),
        () -> created(levels.adjust(id, delta, reason, change.note(), by), shape));
  }

  private static Response created(Adjustment line, Representation shape) {
    return Response.status(Response.Status.CREATED).entity(shape.line().apply(line)).build();
  }

  /** A page of the audit trail of one product. */
  public Page<Record> adjustments(UUID id, String limit, String cursor, Representation shape) {
    return levels.adjustments(id, Cursor.decode(cursor, 1), Query.limit(limit)).map(shape.line());
  }

  private record Correction(String version, NewAdjustment change) {}
}
