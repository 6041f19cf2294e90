package emporion.notification.messages.control;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Sql;
import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.notification.messages.entity.NotificationFilter;
import emporion.notification.messages.entity.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds notifications of all users. */
@ApplicationScoped
public class NotificationSearch {
  /** A notification's id is made at most so long after its time. */
  private static final Duration APART = Duration.ofMinutes(1);

  @Inject private Sql sql;

  /** A page of them, the newest first. */
  public Page<Standing> list(NotificationFilter filter, Optional<Cursor> after, int limit) {
    var condition = new Condition(filter);
    after.ifPresent(cursor -> condition.and("id < ?", cursor.id(0)));
    var rows =
        sql.list(
            Standing.class,
            """
            select id, user_id, kind, channel, status, order_id, address, subject, attempts,
              redeliveries, next_attempt_at, failure, last_error, message_id, created_at, sent_at
            from notification where\s\
            """
                + condition.text()
                + " order by id desc fetch first ? rows only",
            condition.values(limit + 1));
    return Page.of(rows, limit, standing -> Cursor.of(standing.id()));
  }

  /** The oldest of them that can be sent again, and their users. */
  @Transactional(TxType.MANDATORY)
  List<Whose> repeatable(NotificationFilter filter, int most) {
    var condition = new Condition(filter);
    return sql.list(
        Whose.class,
        "select id, user_id from notification where body_text is not null and "
            + condition.text()
            + " order by id fetch first ? rows only",
        condition.values(most));
  }

  /** A notification and its user. */
  record Whose(UUID id, UUID userId) {}

  private static final class Condition {
    private final List<String> clauses = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Condition(NotificationFilter filter) {
      clauses.add("1 = 1");
      filter.status().ifPresent(v -> and("status = ?", v));
      filter.channel().ifPresent(v -> and("channel = ?", v));
      filter.kind().ifPresent(v -> and("kind = ?", v));
      filter.failure().ifPresent(v -> and("failure = ?", v));
      filter.userId().ifPresent(v -> and("user_id = ?", v));
      filter.orderId().ifPresent(v -> and("order_id = ?", v));
      filter.from().ifPresent(v -> and("created_at >= ?", v));
      filter.from().ifPresent(v -> and("id >= ?", Ids.first(v.minus(APART))));
      filter.to().ifPresent(v -> and("created_at < ?", v));
      filter.to().ifPresent(v -> and("id < ?", Ids.first(v.plus(APART))));
    }

    void and(String clause, Object value) {
      clauses.add(clause);
      values.add(value);
    }

    String text() {
      return String.join(" and ", clauses);
    }

    Object[] values(int limit) {
      values.add(limit);
      return values.toArray();
    }
  }
}
