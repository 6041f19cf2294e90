package emporion.order.ordering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestService;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The service and its neighbours, started once for all tests. */
public final class Shop {
  public static final Neighbourhood NEIGHBOURS = new Neighbourhood();
  static final Users USERS = new Users();
  static final Products PRODUCTS = new Products(NEIGHBOURS);
  public static final TestService SERVICE =
      TestService.running(
          Map.of(
              "emporion.products.uri",
              NEIGHBOURS.uri(),
              "emporion.catalogue.uri",
              PRODUCTS.uri(),
              "emporion.payments.uri",
              NEIGHBOURS.uri(),
              "emporion.notifications.uri",
              NEIGHBOURS.uri(),
              "emporion.users.uri",
              USERS.uri(),
              "emporion.order.patience",
              "PT20S",
              "emporion.order.recovery.pause",
              "PT0.05S",
              "CircuitBreaker/enabled", // or the trouble of one test would be that of the next
              "false"));

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Shop() {}

  public static Http shopper() {
    return SERVICE.user("shopper");
  }

  public static String product() {
    return UUID.randomUUID().toString().replaceFirst("^.{8}", "12345678");
  }

  /** Changes the service's data behind its back; the number of rows is the answer. */
  public static int sql(String change) {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      return statement.executeUpdate(change);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A number that the service's database tells. */
  public static long number(String query) {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The data of an order's event, which was recorded with the change that it tells of. */
  public static JsonNode event(String type, String orderId) {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                "select data from outbox where aggregate_id = ? and type = ?")) {
      query.setString(1, orderId);
      query.setString(2, type);
      try (var rows = query.executeQuery()) {
        return rows.next() ? MAPPER.readTree(rows.getString(1)) : MissingNode.getInstance();
      }
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String order(int quantity) {
    return order(product(), Integer.toString(quantity));
  }

  public static String order(String product, String quantity) {
    return """
    {"items":[{"product_id":"%s","quantity":%s}],"payment":{"token":"tok_visa"}}\
    """
        .formatted(product, quantity);
  }
}
