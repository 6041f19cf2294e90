package emporion.chassis.database;

import emporion.chassis.data.Failures;
import emporion.chassis.telemetry.Telemetry;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * The JTA data source of a service, Agroal: within a transaction everybody who asks gets the same
 * connection, which commits and rolls back with it; outside of one each statement commits by
 * itself. A connection is opened when it is first needed.
 */
@ApplicationScoped
public class ConnectionPool {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Duration UNCHECKED = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final Duration PROBE = Duration.ofSeconds(1);

  private static final String PREFIX = "db_client_connections_";
  private static final Tag POOL = new Tag("pool_name", "db");

  private final TransactionManager transactions;
  private final TransactionSynchronizationRegistry registry;

  @Inject
  ConnectionPool(TransactionManager transactions, TransactionSynchronizationRegistry registry) {
    this.transactions = transactions;
    this.registry = registry;
  }

  ConnectionPool() {
    this(null, null);
  }

  @Produces
  @Named("db")
  @ApplicationScoped
  AgroalDataSource open(
      @ConfigProperty(name = "emporion.database.url") String url,
      @ConfigProperty(name = "emporion.database.username") String username,
      @ConfigProperty(name = "emporion.database.password") Optional<String> password,
      @ConfigProperty(name = "emporion.database.connections") int most,
      MetricRegistry metrics)
      throws SQLException {
    var factory =
        factory(url, username, password)
            .connectionProviderClass(Telemetry.on() ? TracedDriver.class : null);
    var pool =
        pool(factory, most, WAIT)
            .transactionIntegration(new NarayanaTransactionIntegration(transactions, registry));
    var opened =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool)
                .metricsEnabled(true));
    measure(opened, most, metrics);
    return opened;
  }

  /**
   * One connection beside the others, for whoever asks whether the database is there: a service all
   * of whose connections are at work is busy, and not to be taken out.
   */
  @Produces
  @Named("probe")
  @ApplicationScoped
  AgroalDataSource probe(
      @ConfigProperty(name = "emporion.database.url") String url,
      @ConfigProperty(name = "emporion.database.username") String username,
      @ConfigProperty(name = "emporion.database.password") Optional<String> password)
      throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(pool(factory(url, username, password), 1, PROBE)));
  }

  private static AgroalConnectionFactoryConfigurationSupplier factory(
      String url, String username, Optional<String> password) {
    return new AgroalConnectionFactoryConfigurationSupplier()
        .jdbcUrl(url)
        .principal(new NamePrincipal(username))
        .credential(new SimplePassword(password.orElse("")))
        // Whoever prepares a statement closes it, here and in Hibernate.
        .trackJdbcResources(false);
  }

  private static AgroalConnectionPoolConfigurationSupplier pool(
      AgroalConnectionFactoryConfigurationSupplier factory, int most, Duration wait) {
    return new AgroalConnectionPoolConfigurationSupplier()
        .connectionFactoryConfiguration(factory)
        .maxSize(most)
        .acquisitionTimeout(wait)
        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(1))
        .idleValidationTimeout(UNCHECKED)
        .reapTimeout(IDLE)
        .maxLifetime(LIFE)
        .exceptionSorter(Failures::isGone)
        // Each request has a thread of its own, so a connection kept for its thread helps nobody.
        .connectionCache(ConnectionCache.none());
  }

  /** By OpenTelemetry's conventions for pools of database clients. */
  private static void measure(AgroalDataSource pool, int most, MetricRegistry metrics) {
    var figures = pool.getMetrics();
    metrics.gauge(
        described("usage", "Connections that are open, by state"),
        figures,
        AgroalDataSourceMetrics::activeCount,
        POOL,
        new Tag("state", "used"));
    metrics.gauge(
        described("usage", "Connections that are open, by state"),
        figures,
        AgroalDataSourceMetrics::availableCount,
        POOL,
        new Tag("state", "idle"));
    metrics.gauge(described("max", "Connections that may be open"), figures, any -> most, POOL);
    metrics.gauge(
        described("pending_requests", "Threads that wait for a connection"),
        figures,
        AgroalDataSourceMetrics::awaitingCount,
        POOL);
  }

  private static Metadata described(String figure, String description) {
    return Metadata.builder().withName(PREFIX + figure).withDescription(description).build();
  }

  void close(@Disposes @Named("db") AgroalDataSource pool) {
    pool.close();
  }

  void closeProbe(@Disposes @Named("probe") AgroalDataSource probe) {
    probe.close();
  }
}
