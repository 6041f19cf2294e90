package emporion.notification.messages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.testkit.Plans;
import emporion.notification.Shop;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A page of one's notifications costs as much among a hundred as among a million. */
class PlansTest {
  private final Shop shop = Shop.open();
  private final UUID user = UUID.randomUUID();
  private final Plans plans =
      new Plans(CDI.current().select(DataSource.class, NamedLiteral.of("db")).get());

  @Test
  void aPageIsReadAlongItsIndex() throws SQLException {
    assumeTrue(Plans.areThere(), "the plans of H2");
    plans.change(
        """
        insert into notification (id, user_id, kind, subject, status, attempts, redeliveries,
          created_at, version)
        select random_uuid(), '%s', 'ORDER_CONFIRMED', 'plan', 'SENT', 1, 0, current_timestamp, 0
        from system_range(1, 2000) as r(x)\
        """
            .formatted(user),
        "analyze");
    try {
      plans.assertPagesWalk(
          shop.service().user(user, "shopper"),
          "/v1/notifications?limit=2",
          "select %notification %fetch first%",
          "notification_of_user:");
    } finally {
      plans.change("delete from notification where subject = 'plan'");
    }
  }
}
