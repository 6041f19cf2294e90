package emporion.chassis.database;

import emporion.chassis.data.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * Brings the database to this version's schema before anything else uses it: the tables of the
 * chassis ({@code db/chassis}), then the service's own ({@code db/migration}, and {@code
 * db/postgresql} for what only PostgreSQL has). Safe to run in several replicas at once; they wait
 * for each other. Killed in the middle, it begins anew at the next start ({@link DatabaseFile}).
 */
@ApplicationScoped
public class Migration {
  private static final String CHASSIS = "classpath:db/chassis";
  private static final String SERVICE = "classpath:db/migration";

  private final DataSource database;
  private final String url;
  private final long patienceMillis;

  @Inject
  Migration(
      @Named("db") DataSource database,
      @ConfigProperty(name = "emporion.database.url") String url,
      @ConfigProperty(name = "emporion.database.patience") long patienceMillis) {
    this.database = database;
    this.url = url;
    this.patienceMillis = patienceMillis;
  }

  Migration() {
    this(null, "", 0);
  }

  void migrate(
      @Observes @Priority(Database.MIGRATED) @Initialized(ApplicationScoped.class) Object start) {
    var migrations = migrations();
    var file = DatabaseFile.of(url).filter(it -> migrations.info().pending().length > 0);
    file.ifPresentOrElse(it -> it.whole(database, migrations::migrate), migrations::migrate);
  }

  private String[] locations() {
    return url.startsWith("jdbc:postgresql:")
        ? new String[] {CHASSIS, SERVICE, "classpath:db/postgresql"}
        : new String[] {CHASSIS, SERVICE};
  }

  private Flyway migrations() {
    return Flyway.configure()
        .dataSource(database)
        .connectRetries((int) TimeUnit.MILLISECONDS.toSeconds(patienceMillis))
        .connectRetriesInterval(1)
        .locations(locations())
        .outOfOrder(true) // the chassis goes on with 0.x below what the service has reached
        // a newer version may have been here: what it added is no concern of this one, which is
        // rolled back to
        .ignoreMigrationPatterns("*:future", "*:missing")
        .load();
  }
}
