package emporion.chassis.discovery;

import java.util.Set;

/**
 * One call of an instance, from its choice to its end. Exactly one of its methods is to be called,
 * once; until then the instance counts as busy with it.
 */
public final class Call {
  private static final int UNAVAILABLE = 503;
  private static final Set<Integer> FINE = Set.of(501, 504);

  private final Neighbour neighbour;
  private final Instance instance;
  private final long begun;

  Call(Neighbour neighbour, Instance instance, long begun) {
    this.neighbour = neighbour;
    this.instance = instance;
    this.begun = begun;
  }

  /** Whom it goes to. */
  public Instance instance() {
    return instance;
  }

  /**
   * It was answered over HTTP. A 5xx is a failure of the instance, but for 501, which no other
   * would answer in another way, 504, which tells of somebody behind it, and a 503 that asks for a
   * pause, by which somebody who is well lets fewer in or tells that a neighbour is away.
   *
   * @param calm whether there is a {@code Retry-After}
   */
  public void answered(int status, boolean calm) {
    if (status < 500 || FINE.contains(status) || status == UNAVAILABLE && calm) {
      succeeded();
    } else {
      failed();
    }
  }

  /** It was answered. */
  public void succeeded() {
    instance.succeeded(begun, neighbour.now());
  }

  /** There was no answer, or one that only somebody sick gives. */
  public void failed() {
    long now = neighbour.now();
    if (instance.failed(begun, now)) {
      neighbour.eject(instance, now);
    }
  }

  /** Nobody waits for its answer any more: that says nothing of the instance. */
  public void abandoned() {
    instance.abandoned();
  }
}
