package emporion.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.chassis.testkit.TestService;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The service with its callers, and products to try things on. */
public final class Shop {
  private static final AtomicInteger COUNT = new AtomicInteger();

  public final TestService service = TestService.running();
  public final Http anonymous = service.anonymous();
  public final Http management = service.management();
  public final Http shopper = service.user("shopper");
  public final Http manager = service.user("shopper", "catalogue_manager");
  public final Http saga = service.service();

  /** A SKU that no other test uses. */
  public static String sku() {
    return "T-" + COUNT.incrementAndGet() + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The JSON of a product. */
  public static String product(String sku, String name, String category, long price, long onHand) {
    return """
    {"sku":"%s","name":"%s","category":"%s","price":{"amount":%d,"currency":"EUR"},"on_hand":%d}\
    """
        .formatted(sku, name, category, price, onHand);
  }

  /** A new published product with so many pieces on hand. */
  public String stocked(long onHand) {
    return created(product(sku(), "Thing", "things", 1_000, onHand)).text("/id");
  }

  /** What the manager creates. */
  public Answer created(String json) {
    var answer = manager.post("/v1/products", json);
    assertEquals(201, answer.status(), answer::toString);
    return answer;
  }

  /** A step key that no other test uses. */
  public static String key() {
    return UUID.randomUUID() + ":reserve";
  }

  /** The JSON of a reservation; ids and quantities in turn. */
  public static String lines(Object... idsAndQuantities) {
    return linesOf(UUID.nameUUIDFromBytes(new byte[0]), idsAndQuantities);
  }

  /** The JSON of an order's reservation. */
  public static String linesOf(UUID order, Object... idsAndQuantities) {
    var lines = new StringBuilder();
    for (int i = 0; i < idsAndQuantities.length; i += 2) {
      lines
          .append(i == 0 ? "" : ",")
          .append("{\"product_id\":\"")
          .append(idsAndQuantities[i])
          .append("\",\"quantity\":")
          .append(idsAndQuantities[i + 1])
          .append('}');
    }
    return "{\"order_id\":\"" + order + "\",\"lines\":[" + lines + "]}";
  }

  public Answer reserve(String key, String lines) {
    return saga.put("/v1/reservations/" + key, lines);
  }

  /** The types of the events of an aggregate, in the order in which they leave. */
  public List<String> events(String aggregate) {
    var sql = "select type from outbox where aggregate_id = ? order by seq";
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var query = connection.prepareStatement(sql)) {
      query.setString(1, aggregate);
      var rows = query.executeQuery();
      var types = new ArrayList<String>();
      while (rows.next()) {
        types.add(rows.getString(1));
      }
      return types;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** On hand and reserved, as in {@code 5/2}. */
  public String level(String product) {
    var level = manager.get("/v1/stock/" + product);
    assertEquals(200, level.status(), level::toString);
    return level.text("/on_hand") + "/" + level.text("/reserved");
  }
}
