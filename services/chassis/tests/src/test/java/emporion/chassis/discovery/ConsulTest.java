package emporion.chassis.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import emporion.chassis.discovery.Registration.Self;
import emporion.chassis.testkit.ConsulAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances that tell Consul of themselves, and are found there. */
class ConsulTest {
  private static final Duration SECONDS = Duration.ofSeconds(10);

  private final String name = "things-" + UUID.randomUUID();
  private final List<AutoCloseable> open = new ArrayList<>();
  private ConsulAgent agent = new ConsulAgent();
  private volatile int readiness = 200;

  @AfterEach
  void end() throws Exception {
    for (var one : open) {
      one.close();
    }
    agent.close();
  }

  @Test
  void an_instance_is_known_once_it_is_ready_until_it_ends() throws IOException {
    readiness = 503;
    var instance = register(8082);
    await().during(Duration.ofSeconds(3)).until(() -> agent.ids(name).isEmpty());
    readiness = 200;
    await().atMost(SECONDS).until(() -> agent.ids(name).size() == 1);
    register(8182);
    await().atMost(SECONDS).until(() -> agent.ids(name).size() == 2);
    instance.close();
    assertEquals(1, agent.ids(name).size());
  }

  @Test
  void whoever_calls_hears_of_each_change_within_seconds() throws IOException {
    var neighbour = neighbour(agent.port());
    assertEquals(List.of(), neighbour.instances());
    var first = register(8082);
    await().atMost(SECONDS).until(() -> ports(neighbour).equals(List.of(8082)));
    register(8182);
    await().atMost(SECONDS).until(() -> ports(neighbour).equals(List.of(8082, 8182)));
    first.close(); // waits until all have heard
    assertEquals(List.of(8182), ports(neighbour));
  }

  @Test
  void who_is_not_well_is_not_called() throws IOException {
    var neighbour = neighbour(agent.port());
    register(8082);
    var sick = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sick.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
    sick.start();
    var other = start(8182, "http://127.0.0.1:" + sick.getAddress().getPort() + "/");
    await().atMost(SECONDS).until(() -> ports(neighbour).size() == 2);
    sick.stop(0);
    await().atMost(Duration.ofSeconds(20)).until(() -> ports(neighbour).equals(List.of(8082)));
    other.close();
  }

  @Test
  void an_agent_that_is_away_takes_nobody_out_and_one_that_forgets_is_told_again()
      throws IOException {
    var neighbour = neighbour(agent.port());
    register(8082);
    await().atMost(SECONDS).until(() -> ports(neighbour).equals(List.of(8082)));
    int port = agent.port();
    agent.close();
    await().during(Duration.ofSeconds(3)).until(() -> ports(neighbour).equals(List.of(8082)));
    agent = new ConsulAgent(port);
    await().atMost(SECONDS).until(() -> agent.ids(name).size() == 1);
    register(8182);
    await().atMost(SECONDS).until(() -> ports(neighbour).equals(List.of(8082, 8182)));
  }

  /** The agent is one for others, too. */
  @Test
  void python_consul_finds_what_is_registered_and_registers_what_is_found() throws Exception {
    var python = List.of("/usr/bin/python3", "-c", "import consul");
    assumeTrue(run(python) == 0, "python3-consul is not installed");
    register(8082);
    await().atMost(SECONDS).until(() -> agent.ids(name).size() == 1);
    var neighbour = neighbour(agent.port());
    var script = Path.of("src/test/python/instances.py").toString();
    assertEquals(
        0,
        run(
            List.of(
                "/usr/bin/python3",
                script,
                Integer.toString(agent.port()),
                name,
                "http://127.0.0.1:" + port() + "/")));
    await().atMost(SECONDS).until(() -> ports(neighbour).equals(List.of(8082, 8999)));
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    if (process.exitValue() != 0) {
      System.out.println(said);
    }
    return process.exitValue();
  }

  /** {@code CONSUL=127.0.0.1:8500} in the environment names an agent as HashiCorp built it. */
  @Test
  void a_real_agent_does_the_same() throws IOException {
    var real = Optional.ofNullable(System.getenv("CONSUL"));
    assumeTrue(real.isPresent(), "CONSUL does not say where an agent is");
    var host = real.get().split(":");
    int port = Integer.parseInt(host[1]);
    var neighbour = neighbour(port);
    var first = start(8082, ready(), port);
    await().atMost(SECONDS).until(() -> ports(neighbour).equals(List.of(8082)));
    var second = start(8182, ready(), port);
    await().atMost(SECONDS).until(() -> ports(neighbour).size() == 2);
    first.close();
    await().atMost(SECONDS).until(() -> ports(neighbour).equals(List.of(8182)));
    second.close();
  }

  private Registration register(int port) throws IOException {
    return start(port, ready());
  }

  private String ready() throws IOException {
    return "http://127.0.0.1:" + port() + "/";
  }

  /** Of a server that says whether an instance is ready. */
  private int port() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(readiness, -1);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private Registration start(int port, String readiness) {
    return start(port, readiness, agent.port());
  }

  private Registration start(int port, String readiness, int agentPort) {
    var settings =
        Map.of(
            "stork.service-registrar.type", "consul",
            "stork.service-registrar.consul-host", "127.0.0.1",
            "stork.service-registrar.consul-port", Integer.toString(agentPort));
    var self = new Self(Map.of(name, port), "1.0", URI.create(readiness));
    var registration =
        Registration.start(self, key -> Optional.ofNullable(settings.get(key))).orElseThrow();
    open.addFirst(registration);
    return registration;
  }

  private Neighbour neighbour(int agentPort) {
    var settings =
        Map.of(
            "stork.service-discovery.type", "consul",
            "stork.service-discovery.consul-host", "127.0.0.1",
            "stork.service-discovery.consul-port", Integer.toString(agentPort));
    return new Neighbours(key -> Optional.ofNullable(settings.get(key)))
        .of(URI.create("stork://" + name));
  }

  private static List<Integer> ports(Neighbour neighbour) {
    return neighbour.instances().stream().map(Instance::port).sorted().toList();
  }
}
