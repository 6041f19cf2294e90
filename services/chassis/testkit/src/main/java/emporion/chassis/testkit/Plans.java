package emporion.chassis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * How H2 reads what a request asks for. PostgreSQL walks along an index wherever H2 does, and its
 * plans change with what it has counted.
 */
public final class Plans {
  private final DataSource database;

  public Plans(DataSource database) {
    this.database = database;
  }

  /** Whether there are any: the tests may run on another database. */
  public static boolean areThere() {
    return !"postgres".equals(System.getProperty("database"));
  }

  /** Fills the database behind the service's back, and empties it. */
  public void change(String... statements) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (var each : statements) {
        statement.execute(each);
      }
    }
  }

  /**
   * The request reads one page along an index, from wherever it begins to the page's end.
   *
   * @param like of the statement that reads the page, as {@code like} takes it
   * @param index its name; a primary key's begins so
   */
  public void assertWalks(Http client, String path, String like, String index) throws SQLException {
    var plan = of(client, path, like).getLast();
    assertTrue(plan.contains("/* public." + index), () -> path + "\n" + plan);
    assertTrue(plan.contains("/* index sorted */"), () -> path + "\n" + plan);
    assertFalse(plan.contains("tableScan"), () -> path + "\n" + plan);
  }

  /** The same for the first page and the next one. */
  public void assertPagesWalk(Http client, String path, String like, String index)
      throws SQLException {
    assertWalks(client, path, like, index);
    var next = client.get(path).text("/next");
    assertFalse(next.isEmpty(), () -> path + " has one page");
    assertWalks(client, path + "&cursor=" + next, like, index);
  }

  /** Of those statements that a request makes. */
  public List<String> of(Http client, String path, String like) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("set query_statistics false");
      statement.execute("set query_statistics true");
      var answer = client.get(path);
      assertEquals(200, answer.status(), answer::toString);
      return made(connection, like);
    }
  }

  private static List<String> made(Connection connection, String like) throws SQLException {
    var plans = new ArrayList<String>();
    try (var query =
        connection.prepareStatement(
            "select sql_statement from information_schema.query_statistics"
                + " where sql_statement like ?")) {
      query.setString(1, like);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          plans.add(plan(connection, rows.getString(1)));
        }
      }
    }
    assertFalse(plans.isEmpty(), like);
    return plans;
  }

  private static String plan(Connection connection, String query) throws SQLException {
    try (var explain = connection.prepareStatement("explain " + query)) {
      for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
        explain.setObject(i, null);
      }
      try (var plan = explain.executeQuery()) {
        plan.next();
        return plan.getString(1);
      }
    }
  }
}
