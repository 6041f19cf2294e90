package emporion.chassis.testkit.shaky.control;

import emporion.chassis.testkit.shaky.boundary.Counter;
import emporion.chassis.testkit.shaky.clients.Supplier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/**
 * Knows the boundary and a context of its own, calls while a transaction is open, and works before
 * the server does.
 */
public class Shelf {
  Counter counter;
  Supplier supplier;
  @PersistenceContext EntityManager database;

  void start(@Observes @Initialized(ApplicationScoped.class) Object start) {
    Thread.ofVirtual().start(this::refill);
  }

  @Transactional
  void refill() {
    supplier.deliver();
  }
}
