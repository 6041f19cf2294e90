package emporion.payment;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.chassis.testkit.TestService;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** The service with its callers and a view into its books; everything is quicker than in life. */
public final class Till {
  public static final long AMOUNT = 1_000;
  public static final String WEBHOOK_SECRET = "a secret of the tests alone";

  public final TestService service =
      TestService.running(
          Map.of(
              "emporion.broker.uri", "amqp://127.0.0.1:1",
              "emporion.sandbox.webhook.secret", WEBHOOK_SECRET,
              "emporion.payment.provider", "sandbox",
              "emporion.payment.provider.timeout", "400",
              "emporion.sandbox.slow", "PT1S",
              "emporion.sandbox.refund-failures", "2",
              "emporion.refund.retry.delay", "PT0.5S",
              "emporion.refund.retry.interval", "PT0.1S"));
  public final Http orders = service.service();
  public final Http admin = service.user("shopper", "admin");

  /** A step key that no other test uses. */
  public static String key() {
    return UUID.randomUUID() + ":charge";
  }

  /** The JSON of a charge of 10.00 EUR for a new order of a new user. */
  public static String charge(String token) {
    return charge(UUID.randomUUID(), UUID.randomUUID(), token);
  }

  /** The JSON of a charge of 10.00 EUR. */
  public static String charge(UUID order, UUID user, String token) {
    return """
    {"order_id":"%s","user_id":"%s","amount":{"amount":%d,"currency":"EUR"},"token":"%s"}\
    """
        .formatted(order, user, AMOUNT, token);
  }

  public Answer put(String key, String charge) {
    return orders.put("/v1/charges/" + key, charge);
  }

  public Answer undo(String key) {
    return orders.delete("/v1/charges/" + key);
  }

  public String status(String key) {
    return orders.get("/v1/charges/" + key).text("/status");
  }

  /** The id of a new captured payment. */
  public String captured(String token) {
    return put(key(), charge(token)).text("/payment_id");
  }

  public Answer refund(String payment, String json) {
    return admin.post("/v1/payments/" + payment + "/refunds", json);
  }

  /** The next commits of whoever works on refunds fail. */
  public void failNextCommits(int commits) {
    FailingCommits.next(commits);
  }

  public boolean commitsAgain() {
    return FailingCommits.over();
  }

  /** The types of the events of a payment, in order, and the data of all of them. */
  public List<String> events(String payment) {
    return column("select type from outbox where aggregate_id = '" + payment + "' order by seq");
  }

  /** What the card network holds for a key: taken and given back, as in {@code 1000-300}. */
  public String held(String key) {
    return String.join(
        ",",
        column(
            "select amount || '-' || given_back from sandbox_charge where charge_key = '"
                + key
                + "'"));
  }

  /** The first column of a query, on a connection of its own. */
  public static List<String> column(String sql) {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answers of calls that all run at once. */
  public static <T> List<T> atOnce(int times, Callable<T> call) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        running.add(threads.submit(call));
      }
      List<T> answers = new ArrayList<>();
      for (var future : running) {
        answers.add(future.get());
      }
      return answers;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
