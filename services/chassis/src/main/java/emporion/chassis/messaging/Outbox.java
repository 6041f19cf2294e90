package emporion.chassis.messaging;

import emporion.chassis.data.Ids;
import emporion.chassis.data.Rows;
import emporion.chassis.json.Json;
import emporion.chassis.telemetry.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Events that leave with the transaction that caused them, or not at all. */
@ApplicationScoped
public class Outbox {
  /** Lanes let replicas share the relaying; an aggregate's events stay in one lane, in order. */
  public static final int LANES = 16;

  private static final int PARKED_AFTER = 10;
  private static final long LONGEST_PAUSE_MINUTES = 60;

  @Inject private EntityManager database;
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
    database
        .createNativeQuery(
            "insert into outbox (id, lane, aggregate_id, aggregate_version, type, data,"
                + " traceparent, occurred_at, attempts)"
                + " values (:id, :lane, :aggregate, :version, :type, :data, :trace,"
                + " current_timestamp, 0)")
        .setParameter("id", Ids.next())
        .setParameter("lane", Math.floorMod(aggregateId.hashCode(), LANES))
        .setParameter("aggregate", aggregateId.toString())
        .setParameter("version", version)
        .setParameter("type", type)
        .setParameter("data", Json.write(data))
        .setParameter("trace", Trace.current().map(Trace::traceparent).orElse(null))
        .executeUpdate();
    recorded.fire(Recorded.SOMETHING);
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
        integers(
            database
                .createNativeQuery(
                    "select lane from outbox_lane where owner = :owner"
                        + " or lease_until < current_timestamp"
                        + " order by case when owner = :owner then 0 else 1 end, lane"
                        + " for update skip locked",
                    Integer.class)
                .setParameter("owner", owner)
                .getResultList());
    var kept = lanes.subList(0, Math.min(share, lanes.size()));
    var left = lanes.subList(kept.size(), lanes.size());
    hold(kept, owner, 15);
    hold(left, "", 0);
    return kept;
  }

  private void hold(List<Integer> lanes, String owner, int seconds) {
    if (!lanes.isEmpty()) {
      database
          .createNativeQuery(
              "update outbox_lane set owner = :owner, lease_until = current_timestamp + interval '"
                  + seconds
                  + "' second where lane in (:lanes)")
          .setParameter("owner", owner)
          .setParameter("lanes", lanes)
          .executeUpdate();
    }
  }

  /** How many relays have asked for lanes within 15 seconds, this one among them. */
  private int alive(String owner) {
    change(
        "delete from outbox_relay where owner = :owner or alive_until < current_timestamp", owner);
    change(
        "insert into outbox_relay (owner, alive_until)"
            + " values (:owner, current_timestamp + interval '15' second)",
        owner);
    return (int)
        Rows.number(
            database.createNativeQuery("select count(*) from outbox_relay").getSingleResult());
  }

  private void change(String sql, String owner) {
    database.createNativeQuery(sql).setParameter("owner", owner).executeUpdate();
  }

  /** Gives the lanes back, so that another replica need not wait for the lease to end. */
  @Transactional
  public void release(String owner) {
    change("delete from outbox_relay where owner = :owner", owner);
    change(
        "update outbox_lane set owner = '', lease_until = current_timestamp where owner = :owner",
        owner);
  }

  /**
   * The oldest events not sent, in order, without aggregates of which one waits for its retry. It
   * costs the same however many wait: ordered as the index is, and those that wait read once.
   */
  @Transactional
  public List<Unsent> unsent(List<Integer> lanes, int limit) {
    var query =
        database
            .createNativeQuery(
                "select o.seq, o.id, o.type, o.aggregate_id, o.aggregate_version, o.occurred_at,"
                    + " o.traceparent, o.data, o.attempts from outbox o"
                    + " where o.sent_at is null and o.lane in (:lanes) and o.aggregate_id not in"
                    + " (select p.aggregate_id from outbox p where p.retry_at > current_timestamp)"
                    + " order by o.sent_at, o.seq")
            .setParameter("lanes", lanes)
            .setMaxResults(limit);
    return Rows.of(query).stream().map(Outbox::unsent).toList();
  }

  /** Marks events as sent. */
  @Transactional
  public void sent(List<Unsent> events) {
    if (!events.isEmpty()) {
      database
          .createNativeQuery(
              "update outbox set sent_at = current_timestamp, retry_at = null"
                  + " where seq in (:seqs)")
          .setParameter("seqs", events.stream().map(Unsent::seq).collect(Collectors.toList()))
          .executeUpdate();
    }
  }

  /**
   * Counts a refusal by the broker and sets the event's aggregate aside: for a second, from the
   * tenth time on, when it counts as parked, for a minute that doubles up to an hour.
   */
  @Transactional
  public void refused(Unsent event) {
    database
        .createNativeQuery(
            "update outbox set attempts = attempts + 1, parked_at = case when attempts + 1 >= "
                + PARKED_AFTER
                + " then coalesce(parked_at, current_timestamp) else parked_at end, retry_at ="
                + " current_timestamp + cast(:pause as double precision) * interval '1' second"
                + " where seq = :seq and sent_at is null")
        .setParameter("pause", event.pause().toMillis() / 1_000.0)
        .setParameter("seq", event.seq())
        .executeUpdate();
  }

  /** How many events wait, and how many are parked. */
  @Transactional
  public long count(boolean parked) {
    var sql = "select count(*) from outbox where sent_at is null and parked_at is ";
    return Rows.number(
        database.createNativeQuery(sql + (parked ? "not null" : "null")).getSingleResult());
  }

  /** How long the oldest unsent event has been waiting, parked or not. */
  @Transactional
  public Duration oldest() {
    var query =
        database.createNativeQuery(
            "select min(occurred_at), current_timestamp from outbox where sent_at is null");
    var row = Rows.of(query).getFirst();
    return row[0] == null
        ? Duration.ZERO
        : Duration.between(Rows.instant(row[0]), Rows.instant(row[1]));
  }

  private static List<Integer> integers(List<?> rows) {
    return rows.stream().map(Integer.class::cast).toList();
  }

  private static Unsent unsent(Object[] row) {
    var event =
        new Event(
            Rows.id(row[1]),
            (String) row[2],
            (String) row[3],
            Rows.number(row[4]),
            Rows.instant(row[5]),
            row[6] == null ? "" : (String) row[6],
            (String) row[7]);
    return new Unsent(Rows.number(row[0]), event, ((Number) row[8]).intValue());
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
