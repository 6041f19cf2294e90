package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
  @TempDir private Path folder;
  private Project project;

  @BeforeEach
  void project() {
    project = new Project(folder);
  }

  @Test
  void aLineTellsWhatAServiceIs() {
    var books = project.local().services().get("books");

    assertEquals(9181, books.healthPort());
    assertEquals(8081, books.port("SERVER_PORT"));
    assertEquals(List.of("-Xmn16m", "-Xint"), books.flags());
    assertEquals(List.of(books), project.local().services().needing("database"));
  }

  @Test
  void aSecondShopHasOtherPorts() {
    var services = project.local("LOCAL_PORT_SHIFT=2000").services();

    assertEquals(11181, services.get("books").healthPort());
    assertEquals("http://127.0.0.1:10080", project.local("LOCAL_PORT_SHIFT=2000").gateway());
  }

  @Test
  void noPortOfAnInstanceIsThatOfAnother() {
    var services = Services.read(Path.of("services.conf"), 0);
    var settings = Settings.read(Path.of("settings.env"), Map.of(), services);
    var ofServers =
        Stream.of("POSTGRES", "PROMETHEUS", "ZIPKIN", "OTLP")
            .map(name -> settings.number("LOCAL_%s_PORT".formatted(name)));
    var one = Set.of(services.broker().name(), services.gateway().name());
    var ofInstances =
        services
            .allInstances()
            .filter(instance -> instance.number() == 1 || !one.contains(instance.name()))
            .flatMap(instance -> instance.ports().values().stream());
    var ports = Stream.concat(ofServers, ofInstances).toList();

    assertEquals(ports.stream().distinct().toList(), ports);
  }

  @Test
  void clientsAreToldOfAllInstances() {
    var services = project.local().services();
    var told = "{books+} {books.EMPORION_GRPC_PORT+} {gateway+} {none+}";

    assertEquals(
        "http://127.0.0.1:8081 http://127.0.0.1:9081 http://127.0.0.1:8080 {none+}",
        services.fill(told));
    assertEquals(
        "stork://127.0.0.1:8081,127.0.0.1:8091 stork://127.0.0.1:9081,127.0.0.1:9091"
            + " http://127.0.0.1:8080 {none+}",
        services.fill(told, Map.of("books", 2)));
  }

  @Test
  void aLineThatIsTooShortIsNamed() {
    var failure = assertThrows(Failure.class, () -> Service.of("books A=1 /health", 0));

    assertEquals("services.conf: books has too few columns", failure.getMessage());
  }

  @Test
  void settingsNamePortsAndTheEnvironmentWins() {
    assertEquals(
        "http://127.0.0.1:9081/8081/5672/{other}",
        project.local().settings().text("EMPORION_BOOKS_URI"));
    assertEquals("", project.local("EMPORION_BOOKS_URI=").settings().text("EMPORION_BOOKS_URI"));
  }

  @Test
  void servicesAreGivenWhatIsNotTheLaunchersOwn() {
    var given = project.local("LOCAL_AOT=off", "PATH=/bin").settings().environment(Map.of());

    assertEquals("/bin", given.get("PATH"));
    assertFalse(
        given.keySet().stream().anyMatch(name -> name.startsWith("LOCAL_")), given::toString);
  }

  @Test
  void aNumberThatIsNoneIsNamed() {
    var settings = project.local("LOCAL_STOP_SECONDS=soon").settings();

    var failure = assertThrows(Failure.class, () -> settings.seconds("LOCAL_STOP_SECONDS"));

    assertEquals("LOCAL_STOP_SECONDS is no number: soon", failure.getMessage());
  }

  @Test
  void eachServiceIsGivenThoseSecretsThatItNeeds() {
    var local = project.local();
    var secrets = new Secrets(local.place());
    secrets.complete(local.services(), local.settings());
    var environments = new Environments(local, secrets, new Ports(local, 0));
    var books = local.services().get("books");
    var gateway = local.services().gateway();

    var ofBooks = environments.of(books, books.ports(), Choice.EMBEDDED);
    var ofGateway = environments.of(gateway, gateway.ports(), Choice.EMBEDDED);

    assertEquals(
        secrets.get("EMPORION_CLIENTS_BOOKS_SECRET"), ofBooks.get("EMPORION_CLIENT_SECRET"));
    assertEquals("8081", ofBooks.get("SERVER_PORT"));
    var own = secrets.allThatBegin("").values();
    assertFalse(ofGateway.values().stream().anyMatch(own::contains));
    assertEquals(
        Map.of(), new Secrets(new Place(folder, folder.resolve("other"))).allThatBegin(""));
    assertEquals(secrets.allThatBegin(""), new Secrets(local.place()).allThatBegin(""));
  }
}
