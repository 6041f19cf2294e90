package emporion.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.json.Json;
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
    return column("select type from outbox where aggregate_id = '" + aggregate + "' order by seq");
  }

  /** The places of the events of an aggregate in its sequence, in the order in which they leave. */
  public List<Long> places(String aggregate) {
    var sql = "select aggregate_version from outbox where aggregate_id = '%s' order by seq";
    return column(sql.formatted(aggregate)).stream().map(Long::valueOf).toList();
  }

  /** The data of the last event of a type. */
  public JsonNode lastOf(String type) {
    var sql = "select data from outbox where type = '%s' order by seq desc limit 1";
    return Json.read(column(sql.formatted(type)).getFirst(), JsonNode.class);
  }

  /** What a query of one number finds. */
  public long number(String sql) {
    return Long.parseLong(column(sql).getFirst());
  }

  private static List<String> column(String sql) {
    try (var connection = database().getConnection();
        var rows = connection.createStatement().executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes the database behind the service's back. */
  public void sql(String change) {
    try (var connection = database().getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(change);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DataSource database() {
    return CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
  }

  /** On hand and reserved, as in {@code 5/2}. */
  public String level(String product) {
    var level = manager.get("/v1/stock/" + product);
    assertEquals(200, level.status(), level::toString);
    return level.text("/on_hand") + "/" + level.text("/reserved");
  }
}
