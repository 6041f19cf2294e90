package emporion.chassis.testkit;

import emporion.chassis.helidon.Main;
import emporion.contracts.Contract;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.inject.spi.CDI;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The service under test, whole: its own settings, migrations and providers, on a free port, with
 * an empty {@link TestDatabase}. It is started once in a test process and ends with it; tests share
 * it and keep apart by using ids and names of their own. What they await has a minute, as long as
 * they say nothing else: other modules are tested on the same machine.
 */
public final class TestService {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static TestService running;

  private final TestIssuer issuer = TestIssuer.start();
  private final URI uri;
  private final URI management;

  private TestService(Map<String, String> settings) {
    Awaitility.setDefaultTimeout(PATIENCE);
    set("server.port", "0");
    set("management.port", "0");
    set("emporion.grpc.port", "0");
    set("mp.jwt.verify.publickey.location", issuer.uri() + "/jwks.json");
    set("mp.jwt.verify.issuer", TestIssuer.ISSUER);
    set("mp.jwt.verify.audiences", TestIssuer.AUDIENCE);
    set("emporion.token.uri", issuer.uri().toString());
    set("emporion.client.secret", "test");
    TestDatabase.settings().forEach(TestService::set);
    settings.forEach(TestService::set);
    Main.main(new String[0]);
    var server = CDI.current().getBeanManager().getExtension(ServerCdiExtension.class);
    uri = URI.create("http://127.0.0.1:" + server.port());
    management = URI.create("http://127.0.0.1:" + server.port("management"));
    var name = ConfigProvider.getConfig().getValue("emporion.service", String.class);
    Contract.of(name).ifPresent(contract -> Http.hold(uri, contract));
  }

  /** The running service; the settings count for the first caller only. */
  public static synchronized TestService running(Map<String, String> settings) {
    if (running == null) {
      running = new TestService(settings);
    }
    return running;
  }

  /** The running service with its default settings. */
  public static TestService running() {
    return running(Map.of());
  }

  private static void set(String name, String value) {
    System.setProperty(name, value);
  }

  public URI uri() {
    return uri;
  }

  public TestIssuer issuer() {
    return issuer;
  }

  /** An anonymous client of the service. */
  public Http anonymous() {
    return Http.to(uri);
  }

  /** A client of what the service tells operators: {@code /health} and {@code /metrics}. */
  public Http management() {
    return Http.to(management);
  }

  /** A client for a new user with these roles. */
  public Http user(String... roles) {
    return user(UUID.randomUUID(), roles);
  }

  /** A client for this user with these roles. */
  public Http user(UUID id, String... roles) {
    return anonymous().as(issuer.token(id, roles));
  }

  /** A client with the identity of a service. */
  public Http service() {
    return anonymous().as(issuer.service());
  }

  /** A bean of the service, to look behind the boundary. */
  public <T> T bean(Class<T> type) {
    return CDI.current().select(type).get();
  }
}
