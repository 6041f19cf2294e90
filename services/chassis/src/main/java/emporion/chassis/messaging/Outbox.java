package emporion.chassis.messaging;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Sql;
import emporion.chassis.json.Json;
import emporion.chassis.telemetry.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Events that leave with the transaction that caused them, or not at all. */
@ApplicationScoped
public class Outbox {
  /** Lanes let replicas share the relaying; an aggregate's events stay in one lane, in order. */
  public static final int LANES = 16;

  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int PARKED_AFTER = 10;
  private static final long LONGEST_PAUSE_MINUTES = 60;

  @Inject private Sql sql;
  @Inject private jakarta.enterprise.event.Event<Recorded> recorded;

  /**
   * Records an event in the running transaction; it is published after the commit.
   *
   * @param type past tense, snake_case
   * @param aggregateId whose events stay in order
   * @param version the aggregate's version after the change; one event of a type for each
   * @param data a record that becomes the JSON body; at most 100,000 characters
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(String type, UUID aggregateId, long version, Object data) {
    var trace = Trace.current();
    sql.update(
        """
        insert into outbox (id, lane, aggregate_id, aggregate_version, type, data, traceparent,
          tracestate, baggage, occurred_at, attempts)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, current_timestamp, 0)\
        """,
        Ids.next(),
        Math.floorMod(aggregateId.hashCode(), LANES),
        aggregateId.toString(),
        version,
        type,
        Json.write(data),
        orNull(trace.map(Trace::traceparent)),
        orNull(trace.map(Trace::state)),
        orNull(trace.map(Trace::baggage)));
    recorded.fire(Recorded.SOMETHING);
  }

  private static Object orNull(Optional<String> field) {
    return Sql.orNull(field.filter(text -> !text.isEmpty()).orElse(null));
  }

  /**
   * Takes or keeps a fair share of the lanes, for 15 seconds by the database's clock; what goes
   * beyond it is left to the others. So nothing may be on its way when this is called. A stale
   * holder can only publish twice, which consumers absorb.
   */
  @Transactional
  public List<Integer> lease(String owner) {
    int share = Math.ceilDiv(LANES, alive(owner));
    var lanes =
        sql.list(
            Integer.class,
            """
            select lane from outbox_lane where owner = ? or lease_until < current_timestamp
            order by case when owner = ? then 0 else 1 end, lane for update skip locked\
            """,
            owner,
            owner);
    var kept = lanes.subList(0, Math.min(share, lanes.size()));
    var left = lanes.subList(kept.size(), lanes.size());
    hold(kept, owner, LEASE);
    hold(left, "", Duration.ZERO);
    return kept;
  }

  private void hold(List<Integer> lanes, String owner, Duration time) {
    if (!lanes.isEmpty()) {
      sql.update(
          """
          update outbox_lane set owner = ?,
            lease_until = current_timestamp + cast(? as double precision) * interval '1' second where lane = any (?)\
          """,
          owner,
          time,
          lanes);
    }
  }

  /** How many relays have asked for lanes within 15 seconds, this one among them. */
  private int alive(String owner) {
    sql.update(
        "delete from outbox_relay where owner = ? or alive_until < current_timestamp", owner);
    sql.update(
        """
        insert into outbox_relay (owner, alive_until)
        values (?, current_timestamp + cast(? as double precision) * interval '1' second)\
        """,
        owner,
        LEASE);
    return (int) sql.count("select count(*) from outbox_relay");
  }

  /** Gives the lanes back, so that another replica need not wait for the lease to end. */
  @Transactional
  public void release(String owner) {
    sql.update("delete from outbox_relay where owner = ?", owner);
    sql.update(
        "update outbox_lane set owner = '', lease_until = current_timestamp where owner = ?",
        owner);
  }

  /**
   * The oldest events not sent, in order, without aggregates of which one waits for its retry. It
   * costs the same however many wait: ordered as the index is, and those that wait read once.
   */
  public List<Unsent> unsent(List<Integer> lanes, int limit) {
    return lanes.isEmpty()
        ? List.of()
        : sql
            .list(
                Row.class,
                """
                select o.seq, o.id, o.type, o.aggregate_id, o.aggregate_version, o.occurred_at,
                  o.traceparent, o.tracestate, o.baggage, o.data, o.attempts
                from outbox o
                where o.sent_at is null and o.lane = any (?) and o.aggregate_id not in
                  (select p.aggregate_id from outbox p where p.retry_at > current_timestamp)
                order by o.sent_at, o.seq fetch first ? rows only\
                """,
                lanes,
                limit)
            .stream()
            .map(Row::unsent)
            .toList();
  }

  /** Marks events as sent. */
  public void sent(List<Unsent> events) {
    if (!events.isEmpty()) {
      sql.update(
          "update outbox set sent_at = current_timestamp, retry_at = null where seq = any (?)",
          events.stream().map(Unsent::seq).toList());
    }
  }

  /**
   * Lets events that were sent be sent again, for readers whose broker has lost them; whoever has
   * taken one in already leaves it. What was sent more than a week ago is not kept.
   *
   * @param since only what was sent longer ago than this
   * @return how many
   */
  @Transactional
  public int again(String type, Collection<UUID> aggregateIds, Duration since) {
    if (aggregateIds.isEmpty()) {
      return 0;
    }
    int events =
        sql.update(
            """
            update outbox set sent_at = null
            where aggregate_id = any (?) and type = ?
              and sent_at < current_timestamp - cast(? as double precision) * interval '1' second\
            """,
            aggregateIds.stream().map(UUID::toString).toList(),
            type,
            since);
    recorded.fire(Recorded.SOMETHING);
    return events;
  }

  /**
   * Counts a refusal by the broker and sets the event's aggregate aside: for a second, from the
   * tenth time on, when it counts as parked, for a minute that doubles up to an hour.
   */
  public void refused(Unsent event) {
    sql.update(
        """
        update outbox set attempts = attempts + 1,
          parked_at = case when attempts + 1 >= ? then coalesce(parked_at, current_timestamp)
            else parked_at end,
          retry_at = current_timestamp + cast(? as double precision) * interval '1' second
        where seq = ? and sent_at is null\
        """,
        PARKED_AFTER,
        event.pause(),
        event.seq());
  }

  /**
   * What was recorded about an aggregate and is still kept, the oldest first.
   *
   * @param most so many of the newest
   */
  public List<Publication> about(UUID aggregateId, int most) {
    return sql.list(
            Publication.class,
            """
            select id, type, aggregate_id, aggregate_version, occurred_at,
              substring(traceparent from 4 for 32), sent_at, attempts, retry_at
            from outbox where aggregate_id = ? order by seq desc fetch first ? rows only\
            """,
            aggregateId.toString(),
            most)
        .reversed();
  }

  /** How many events wait, and how many are parked. */
  public long count(boolean parked) {
    return sql.count(
        parked
            ? "select count(*) from outbox where sent_at is null and parked_at is not null"
            : "select count(*) from outbox where sent_at is null and parked_at is null");
  }

  /** How long the oldest unsent event has been waiting, parked or not. */
  public Duration oldest() {
    return sql.find(
            Waiting.class,
            "select min(occurred_at), current_timestamp from outbox where sent_at is null")
        .map(Waiting::time)
        .orElseThrow();
  }

  private record Waiting(Instant since, Instant now) {
    private Duration time() {
      return since == null ? Duration.ZERO : Duration.between(since, now);
    }
  }

  private record Row(
      long seq,
      UUID id,
      String type,
      String aggregateId,
      long aggregateVersion,
      Instant occurredAt,
      String traceparent,
      String tracestate,
      String baggage,
      String data,
      int attempts) {
    private Unsent unsent() {
      var trace = Trace.of(traceparent, tracestate, baggage);
      var event = new Event(id, type, aggregateId, aggregateVersion, occurredAt, trace, data);
      return new Unsent(seq, event, attempts);
    }
  }

  /**
   * An event in the table.
   *
   * @param attempts how often the broker has refused it
   */
  public record Unsent(long seq, Event event, int attempts) {
    /** Whether one more refusal sets its aggregate aside for longer. */
    public boolean parksNow() {
      return attempts + 1 == PARKED_AFTER;
    }

    /** How long one more refusal sets its aggregate aside. */
    public Duration pause() {
      int parked = attempts + 1 - PARKED_AFTER;
      return parked < 0
          ? Duration.ofSeconds(1)
          : Duration.ofMinutes(Math.min(LONGEST_PAUSE_MINUTES, 1L << Math.min(parked, 10)));
    }
  }

  /** Tells the relay, after the commit, that there is something to send. */
  public enum Recorded {
    SOMETHING
  }
}
