package emporion.chassis.testkit.shaky.clients;

/** Somebody far away. */
public interface Supplier {
  /** Takes its time. */
  void deliver();
}
