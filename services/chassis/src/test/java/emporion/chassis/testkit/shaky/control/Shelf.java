package emporion.chassis.testkit.shaky.control;

import emporion.chassis.testkit.shaky.boundary.Counter;
import emporion.chassis.testkit.shaky.neighbours.Supplier;
import io.helidon.webserver.WebServer;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/**
 * Knows the runtime, the boundary and a context of its own, and calls while a transaction is open.
 */
public class Shelf {
  Counter counter;
  WebServer server;
  Supplier supplier;
  @PersistenceContext EntityManager database;

  @Transactional
  void refill() {
    supplier.deliver();
  }
}
