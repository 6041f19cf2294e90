package emporion.chassis.database;

import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Span.Kind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * The driver of a database, with a span for each statement and for each end of a transaction within
 * recorded work: whoever speaks to the database, the runtime and its transactions too, does so by a
 * connection of this one. The statement's text has no values: those are parameters. It takes the
 * driver's place only where traces are on.
 */
public final class TracedDriver implements Driver {
  private static final Set<String> ENDS = Set.of("commit", "rollback");
  private static final Pattern OBJECT =
      Pattern.compile(
          "(?is)^\\s*(?:insert\\s+into|delete\\s+from|update|.*?\\sfrom)\\s+([a-z_][a-z_0-9.]*).*");

  /** For the pool, which makes it by its name. */
  public TracedDriver() {}

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    return connection(DriverManager.getDriver(url).connect(url, info), system(url));
  }

  /** As OpenTelemetry's conventions name the products. */
  private static String system(String url) {
    return url.startsWith("jdbc:postgresql:") ? "postgresql" : "h2database";
  }

  private static Connection connection(Connection connection, String system) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (ENDS.contains(method.getName())) {
            var name = method.getName().toUpperCase(Locale.ROOT);
            return observed(span(name, system), connection, method, arguments);
          }
          var result = invoke(connection, method, arguments);
          return method.getName().equals("prepareStatement")
                  && result instanceof PreparedStatement statement
              ? statement(statement, (String) arguments[0], system)
              : result;
        });
  }

  private static PreparedStatement statement(
      PreparedStatement statement, String text, String system) {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) ->
            method.getName().startsWith("execute")
                ? observed(span(text, system), statement, method, arguments)
                : invoke(statement, method, arguments));
  }

  private static Span span(String text, String system) {
    if (!Span.current().recorded()) {
      return Span.none();
    }
    var operation = text.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    var object = OBJECT.matcher(text);
    var span = Span.start(Kind.CLIENT, operation).with("db.system.name", system);
    if (object.matches()) {
      span.named(operation + " " + object.group(1)).with("db.collection.name", object.group(1));
    }
    return span.with("db.operation.name", operation).with("db.query.text", text);
  }

  private static Object observed(Span span, Object target, Method method, Object... arguments)
      throws Throwable {
    try {
      return invoke(target, method, arguments);
    } catch (SQLException e) {
      span.with("db.response.status_code", e.getSQLState()).failed(e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }

  private static Object invoke(Object target, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return DriverManager.getDriver(url).acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return DriverManager.getDriver(url).getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(TracedDriver.class.getName());
  }
}
