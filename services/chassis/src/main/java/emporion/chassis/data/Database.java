package emporion.chassis.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * The one persistence context of a service, for {@code @Inject EntityManager}.
 *
 * <p>The runtime makes one for each {@code @PersistenceContext} that it finds, and in one
 * transaction neither would see what the other has loaded or not yet flushed.
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
