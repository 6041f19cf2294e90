package emporion.payment.charges;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.testkit.Plans;
import emporion.payment.Till;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A page of payments costs as much among a hundred as among a million. */
class PlansTest {
  private static final String PAYMENTS = "select %payment %fetch first%";

  private final Till till = new Till();
  private final UUID user = UUID.randomUUID();
  private final Plans plans =
      new Plans(CDI.current().select(DataSource.class, NamedLiteral.of("db")).get());

  @Test
  void eachListIsReadAlongAnIndex() throws SQLException {
    assumeTrue(Plans.areThere(), "the plans of H2");
    plans.change(
        """
        insert into payment (id, charge_key, order_id, user_id, amount, currency, status, promised,
          refunded, version, created_at, changed_at)
        select random_uuid(), 'plan-' || x, '%1$s', '%1$s', 1, 'EUR', 'DECLINED', 0, 0, 1,
          current_timestamp, current_timestamp
        from system_range(1, 2000) as r(x)\
        """
            .formatted(user),
        "analyze");
    try {
      var shopper = till.service.user(user, "shopper");
      var support = till.service.user("support");
      plans.assertPagesWalk(shopper, "/v1/payments?limit=2", PAYMENTS, "payment_user:");
      plans.assertPagesWalk(support, "/v1/payments?limit=2", PAYMENTS, "PRIMARY_KEY");
      var ofOrder = "/v1/payments?limit=2&order_id=" + user;
      plans.assertPagesWalk(support, ofOrder, PAYMENTS, "payment_order:");
    } finally {
      plans.change("delete from payment where charge_key like 'plan-%'");
    }
  }
}
