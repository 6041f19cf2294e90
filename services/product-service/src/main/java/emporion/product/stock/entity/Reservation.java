package emporion.product.stock.entity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import emporion.chassis.refusal.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Pieces held for an order, all lines or none, under the key that the order's saga gave it. It
 * outlives its effect, so that a late repetition is answered and not done again.
 */
public final class Reservation {
  private final String key;
  private final UUID orderId;
  private final String requestHash;
  private final List<ReservationLine> lines = new ArrayList<>();
  private ReservationStatus status;
  private Instant changedAt;
  private Instant decidedAt;
  private Instant soldAt;

  private Reservation(String key, UUID orderId, String requestHash) {
    this.key = key;
    this.orderId = orderId;
    this.requestHash = requestHash;
  }

  /**
   * A reservation that is about to be decided.
   *
   * @param requestHash tells the same request from another one under the same key
   */
  public static Reservation of(String key, UUID orderId, String requestHash) {
    var reservation = new Reservation(key, orderId, requestHash);
    reservation.turn(ReservationStatus.RESERVED);
    reservation.decidedAt = reservation.changedAt;
    return reservation;
  }

  /** Closes a key that has not been used: whoever comes with it later is too late. */
  public static Reservation tombstone(String key) {
    var reservation = new Reservation(key, null, null);
    reservation.turn(ReservationStatus.RELEASED);
    return reservation;
  }

  /**
   * One as it was left by its last step.
   *
   * @param orderId null for a tombstone, as the hash
   */
  public static Reservation stored(
      String key,
      UUID orderId,
      String requestHash,
      ReservationStatus status,
      Moments moments,
      List<ReservationLine> lines) {
    var reservation = new Reservation(key, orderId, requestHash);
    reservation.status = status;
    reservation.changedAt = moments.changedAt();
    reservation.decidedAt = moments.decidedAt();
    reservation.soldAt = moments.soldAt();
    reservation.lines.addAll(lines);
    return reservation;
  }

  /** Adds up what lines want, by product. */
  public static Map<UUID, Long> wanted(List<ReservationLine> lines) {
    return lines.stream()
        .collect(groupingBy(ReservationLine::productId, summingLong(ReservationLine::quantity)));
  }

  /** The lines are held. */
  public void hold(List<ReservationLine> held) {
    lines.addAll(held);
  }

  /**
   * Nothing is held, for want of some products.
   *
   * @param shortOf what was available of each product that is short
   */
  public void refuse(List<ReservationLine> wanted, Map<UUID, Long> shortOf) {
    for (var line : wanted) {
      var available = shortOf.get(line.productId());
      lines.add(available == null ? line : line.shortOf(available));
    }
    turn(ReservationStatus.REFUSED);
  }

  /**
   * Goes on to another status.
   *
   * @return the status that it left; empty where it stood there already and nothing is to be done
   * @throws Refusal where there is no way from here to there
   */
  public Optional<ReservationStatus> become(ReservationStatus next) {
    if (status == next) {
      return Optional.empty();
    }
    if (!status.canBecome(next)) {
      throw closed();
    }
    var before = status;
    turn(next);
    return Optional.of(before);
  }

  private void turn(ReservationStatus next) {
    status = next;
    changedAt = now();
    soldAt = next == ReservationStatus.COMMITTED ? changedAt : soldAt;
  }

  /** As exact as the databases keep it. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** 409: what the present status rules out. */
  public Refusal closed() {
    return new Refusal(
        status.slug(),
        "The reservation does not allow this now",
        "The reservation is " + status.wire() + ".");
  }

  /** Whether it was asked for by this request; a tombstone was asked for by none. */
  public boolean isOf(String hash) {
    return requestHash == null || requestHash.equals(hash);
  }

  public String key() {
    return key;
  }

  /** Empty for a tombstone. */
  public Optional<UUID> orderId() {
    return Optional.ofNullable(orderId);
  }

  /** Empty for a tombstone. */
  public Optional<String> requestHash() {
    return Optional.ofNullable(requestHash);
  }

  /** When it came to its status, in the step that has made it so. */
  public Instant changedAt() {
    return changedAt;
  }

  /** When it was decided; empty for a tombstone, and where that was not written down yet. */
  public Optional<Instant> decidedAt() {
    return Optional.ofNullable(decidedAt);
  }

  /** When it was sold; empty unless it was, and where that was not written down yet. */
  public Optional<Instant> soldAt() {
    return Optional.ofNullable(soldAt);
  }

  /** Each status that it came to, as far as that was written down, the oldest first. */
  public List<Turn> history() {
    var turns = new ArrayList<Turn>();
    decidedAt().ifPresent(at -> turns.add(new Turn(decision(), at)));
    soldAt().ifPresent(at -> turns.add(new Turn(ReservationStatus.COMMITTED, at)));
    if (turns.isEmpty() || turns.getLast().status() != status) {
      turns.add(new Turn(status, changedAt));
    }
    return turns;
  }

  private ReservationStatus decision() {
    var refused = lines.stream().anyMatch(line -> line.shortage().isPresent());
    return refused ? ReservationStatus.REFUSED : ReservationStatus.RESERVED;
  }

  public ReservationStatus status() {
    return status;
  }

  public List<ReservationLine> lines() {
    return List.copyOf(lines);
  }

  /** When it came to a status. */
  public record Turn(ReservationStatus status, Instant at) {}

  /**
   * What is kept of when it came to its statuses.
   *
   * @param changedAt when it came to its present one
   * @param decidedAt null for a tombstone, and where that was not written down yet
   * @param soldAt null unless it was sold, and where that was not written down yet
   */
  public record Moments(Instant changedAt, Instant decidedAt, Instant soldAt) {}
}
