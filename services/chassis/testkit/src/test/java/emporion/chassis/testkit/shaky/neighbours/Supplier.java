package emporion.chassis.testkit.shaky.neighbours;

/** Somebody far away. */
public interface Supplier {
  /** Takes its time. */
  void deliver();
}
