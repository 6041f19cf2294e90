package emporion.chassis.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * The one persistence context of a service, for {@code @Inject EntityManager}.
 *
 * <p>Helidon gives each {@code @PersistenceContext} that it finds a connection of its own, also in
 * one transaction: two of them would neither see each other's changes nor commit as one. So there
 * is one.
 */
@ApplicationScoped
public class Database {
  /** Observers of the start that need the database as it should be stand behind this priority. */
  public static final int MIGRATED = 2000;

  @PersistenceContext private EntityManager context;

  @Produces
  @ApplicationScoped
  EntityManager context() {
    return context;
  }
}
