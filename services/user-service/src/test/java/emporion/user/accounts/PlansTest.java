package emporion.user.accounts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Plans;
import emporion.user.Issuer;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page of accounts costs as much among a hundred as among 200,000. */
class PlansTest {
  private static final String MANY =
      """
      insert into users (id, username, username_key, email, email_key, role, active, version,
        registered_at, email_proven)
      select random_uuid(), 'plan-' || x, 'plan-' || x, x || '@example.org', x || '@example.org',
        case when mod(x, 500) = 0 then 'SUPPORT' else 'SHOPPER' end, mod(x, 500) <> 1, 0,
        current_timestamp, true
      from system_range(1, 2000) as r(x)\
      """;

  private final Issuer issuer = new Issuer();

  @BeforeEach
  void fill() throws SQLException {
    assumeTrue(Plans.areThere(), "the plans of H2");
    issuer.change(MANY);
    issuer.change("analyze");
  }

  @AfterEach
  void empty() throws SQLException {
    issuer.change("delete from users where username_key like 'plan-%'");
  }

  @Test
  void eachListIsReadAlongAnIndex() throws SQLException {
    Http admin = issuer.service().user("admin");
    var plans = new Plans(CDI.current().select(DataSource.class, NamedLiteral.of("db")).get());
    var indexes =
        Map.of(
            "", "PRIMARY_KEY",
            "&role=shopper", "users_by_role:",
            "&role=support", "users_by_role:",
            "&role=shopper&active=true", "users_by_role:",
            "&active=true", "users_by_standing:",
            "&active=false", "users_by_standing:");
    for (var filter : indexes.entrySet()) {
      plans.assertPagesWalk(
          admin,
          "/v1/users?limit=2" + filter.getKey(),
          "select %users %fetch first%",
          filter.getValue());
    }
  }
}
