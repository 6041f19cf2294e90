package emporion.order.ordering.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.order.ordering.control.Interventions;
import emporion.order.ordering.control.Interventions.Operator;
import emporion.order.ordering.control.SagaRepository.SagaFilter;
import emporion.order.ordering.entity.OperatorAction;
import emporion.order.ordering.entity.OperatorRecord;
import emporion.order.ordering.entity.SagaStanding;
import emporion.order.ordering.entity.SagaState;
import emporion.order.ordering.entity.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The answers that all versions of the sagas' paths share. An action needs {@code If-Match} with
 * the version that the operator has seen. A read never answers 304: attempts and leases change
 * without a new version.
 */
@ApplicationScoped
public class SagaAnswers {
  private Interventions interventions;
  private Idempotency idempotency;

  SagaAnswers() {}

  @Inject
  SagaAnswers(Interventions interventions, Idempotency idempotency) {
    this.interventions = interventions;
    this.idempotency = idempotency;
  }

  /** A page of sagas, those of the newest orders first. */
  public Response list(ListRequest list, Representation<Shown> shape) {
    var filter =
        new SagaFilter(
            Query.oneOf("state", list.state, SagaState.class),
            flag("needs_operator", list.needsOperator),
            flag("open", list.open));
    var before = Cursor.decode(list.cursor, 1).map(place -> place.id(0));
    var page = interventions.list(filter, before, Query.limit(list.limit));
    return Response.ok(page.map(standing -> shape.of().apply(new Shown(standing)))).build();
  }

  private static Optional<Boolean> flag(String name, String value) {
    return Query.oneOf(name, value, Flag.class).map(Flag.TRUE::equals);
  }

  /** One saga with its timeline and what operators did. */
  public Response read(UUID id, Representation<Shown> shape) {
    var standing = interventions.find(id).orElseThrow(SagaAnswers::unknown);
    var shown = new Shown(standing, interventions.timeline(id), interventions.actions(id));
    return Response.ok(shape.of().apply(shown)).tag(tag(shape, standing.saga().version())).build();
  }

  /** Makes the saga's next attempt due at once. */
  public Response retry(UUID id, Action action, Representation<Shown> shape) {
    return act(new Wanted(shape.version(), id, OperatorAction.RETRY, null), action, shape);
  }

  /**
   * Resolves what the saga can't.
   *
   * @param how {@code cancel}, {@code acknowledge} or {@code compensated_by_hand}
   * @param note the operator's words; null or empty where there are none
   */
  public Response resolve(
      UUID id, String how, String note, Action action, Representation<Shown> shape) {
    var resolution = OperatorAction.valueOf(how.toUpperCase(Locale.ROOT));
    var words = note == null || note.isEmpty() ? null : note;
    if (resolution == OperatorAction.COMPENSATED_BY_HAND && words == null) {
      throw Problem.invalid("/note", "must say what was done, and how it can be checked");
    }
    return act(new Wanted(shape.version(), id, resolution, words), action, shape);
  }

  private Response act(Wanted wanted, Action action, Representation<Shown> shape) {
    var caller = Caller.of(action.security);
    var answer =
        idempotency.once(
            "saga-actions:" + caller.subject(),
            action.key,
            wanted,
            () -> {
              var seen = interventions.find(wanted.orderId).orElseThrow(SagaAnswers::unknown);
              Etag.demand(action.request, action.headers, tag(shape, seen.saga().version()));
              var operator = new Operator(caller.subject(), caller.username());
              interventions.act(seen, wanted.action, wanted.note, operator);
              return read(wanted.orderId, shape);
            });
    interventions.tell(wanted.orderId);
    return answer;
  }

  private static EntityTag tag(Representation<Shown> shape, long version) {
    return Etag.of("saga-" + shape.version(), version);
  }

  private static Problem unknown() {
    return Problem.notFound("saga");
  }

  /** The query parameters of the list. */
  public record ListRequest(
      String state, String needsOperator, String open, String limit, String cursor) {}

  /**
   * The request for an action, and who sent it.
   *
   * @param key null where the client sent none
   */
  public record Action(
      String key, SecurityContext security, Request request, HttpHeaders headers) {}

  /**
   * What is shown of a saga.
   *
   * @param timeline null in lists, as are the actions
   */
  public record Shown(
      SagaStanding standing, List<TimelineEntry> timeline, List<OperatorRecord> actions) {
    Shown(SagaStanding standing) {
      this(standing, null, null);
    }
  }

  /** What the key of a repeated request stands for. */
  private record Wanted(String version, UUID orderId, OperatorAction action, String note) {}

  private enum Flag {
    TRUE,
    FALSE
  }
}
