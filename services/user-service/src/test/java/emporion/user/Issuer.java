package emporion.user;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.chassis.testkit.TestService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The issuer under test, and what its tests do with it again and again. */
public final class Issuer {
  public static final String PASSWORD = "correct horse & battery";
  public static final String RESET_KEY = "a key of the tests, thirty-two at least";

  public static final String CLIENT_SECRET = "the tests' order service";

  /** Of wrong passwords from all addresses; more would make the tests long. */
  public static final int GUESSES_PER_NAME = 20;

  private final TestService service =
      TestService.running(
          Map.of(
              "emporion.reset.key",
              RESET_KEY,
              "emporion.clients.order-service.secret",
              CLIENT_SECRET,
              "emporion.guesses.per-name",
              Integer.toString(GUESSES_PER_NAME)));
  private final Http anyone = service.anonymous();

  public TestService service() {
    return service;
  }

  public Http anyone() {
    return anyone;
  }

  /** A new account with {@link #PASSWORD}; its name. */
  public String register() {
    var name = "u" + UUID.randomUUID().toString().replace("-", "");
    var created = register(name, PASSWORD);
    if (created.status() != 201) {
      throw new AssertionError(created.toString());
    }
    return name;
  }

  public Answer register(String name, String password) {
    var body =
        """
        {"username":"%s","email":"%s@example.org","password":"%s"}\
        """
            .formatted(name, name, password);
    return anyone.post("/v1/users", body);
  }

  public Answer signIn(String name, String password) {
    return signIn(anyone, name, password);
  }

  /** Signs in as the gateway forwards it for this address. */
  public Answer signInFrom(String address, String name, String password) {
    return signIn(anyone.with("X-Real-IP", address), name, password);
  }

  private Answer signIn(Http client, String name, String password) {
    return form(client, "/token", "username", name, "password", password);
  }

  public Answer refresh(String token) {
    return form("/token", "grant_type", "refresh_token", "refresh_token", token);
  }

  /** Posts a form of names and values in turn. */
  public Answer form(String path, String... fields) {
    return form(anyone, path, fields);
  }

  /** The same by a client that has headers of its own. */
  public Answer form(Http client, String path, String... fields) {
    var body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append(i == 0 ? "" : "&")
          .append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return client
        .with("Content-Type", "application/x-www-form-urlencoded")
        .send("POST", path, body.toString());
  }

  /** The first column of a query's first row, as text; null for none. */
  public String column(String sql) throws SQLException {
    try (var connection = database();
        var rows = connection.createStatement().executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** Changes the database behind the service's back. */
  public void change(String sql) throws SQLException {
    try (var connection = database();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static Connection database() throws SQLException {
    var settings = ConfigProvider.getConfig();
    var url = settings.getValue("emporion.database.url", String.class);
    var username = settings.getOptionalValue("emporion.database.username", String.class);
    var password = settings.getOptionalValue("emporion.database.password", String.class);
    return DriverManager.getConnection(url, username.orElse(""), password.orElse(""));
  }
}
