package emporion.chassis.helidon;

import io.helidon.integrations.cdi.jpa.PersistenceUnitInfoBean.DataSourceProvider;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import javax.sql.DataSource;

/**
 * Hands JPA the data source that everybody else has. Helidon 4.1.2 would put one of its own around
 * it, with a connection of its own in the same transaction: neither would see what the other has
 * changed, and they would not commit as one.
 */
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
@ApplicationScoped
public class SharedDataSource implements DataSourceProvider {
  @Inject @Any private Instance<DataSource> sources;

  @Override
  public DataSource getDataSource(boolean jta, boolean byDefault, String name) {
    return name == null ? null : sources.select(NamedLiteral.of(name)).get();
  }
}
