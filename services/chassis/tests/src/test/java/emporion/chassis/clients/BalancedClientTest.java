package emporion.chassis.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import emporion.chassis.amqp.RunningChassis;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A typed REST client whose service has several instances. */
class BalancedClientTest {
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private volatile int sick = -1;

  @Path("/things")
  interface ThingsApi {
    @GET
    String who(@QueryParam("like") String like);

    @PUT
    String put(Thing thing);
  }

  record Thing(String name) {}

  BalancedClientTest() {
    assertFalse(RunningChassis.SERVICE.uri().toString().isEmpty()); // clients need its container
  }

  @AfterEach
  void end() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void calls_go_to_all_of_them_with_all_that_they_say() throws IOException {
    var things = client(3);
    var counted = new HashMap<String, Integer>();
    for (int i = 0; i < 600; i++) {
      counted.merge(things.who("a b&c"), 1, Integer::sum);
    }
    assertEquals(3, counted.size(), counted::toString);
    counted
        .keySet()
        .forEach(answer -> assertTrue(answer.endsWith(" /things?like=a+b%26c"), answer));
    counted.values().forEach(count -> assertEquals(200, count, 70, counted::toString));
  }

  @Test
  void one_that_is_gone_costs_nobody_a_request() throws IOException {
    var things = client(3);
    servers.get(1).stop(0);
    for (int i = 0; i < 100; i++) {
      assertTrue(things.put(new Thing("x" + i)).endsWith(" /things"));
    }
    assertEquals(100, bodies.size());
    assertTrue(bodies.contains("{\"name\":\"x99\"}"), bodies::toString);
  }

  @Test
  void what_is_repeated_goes_to_another_one() throws IOException {
    var things = client(3);
    sick = 0;
    int failures = 0;
    for (int i = 0; i < 60; i++) {
      try {
        things.who("x");
      } catch (RuntimeException e) {
        failures++;
        things.who("x");
      }
    }
    assertTrue(failures <= 5, failures + " failures"); // then it is left out
  }

  @Test
  void where_there_is_none_the_answer_is_at_once_and_names_the_service() {
    System.setProperty("stork.empty-service.service-discovery.address-list", " ");
    var things =
        RestClientBuilder.newBuilder()
            .baseUri(URI.create("stork://empty-service"))
            .build(ThingsApi.class);
    long begun = System.nanoTime();
    var none = assertThrows(ProcessingException.class, () -> things.who("x"));
    assertTrue(none.getMessage().contains("empty-service"), none::toString);
    assertTrue(System.nanoTime() - begun < 3_000_000_000L);
  }

  @Test
  void a_name_leads_to_the_addresses_that_settings_give() throws IOException {
    var list =
        start(2).stream().map(BalancedClientTest::authority).collect(Collectors.joining(","));
    System.setProperty("stork.things-service.service-discovery.address-list", list);
    var things =
        RestClientBuilder.newBuilder()
            .baseUri(URI.create("stork://things-service/"))
            .build(ThingsApi.class);
    Map<String, Integer> counted = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      counted.merge(things.who("x"), 1, Integer::sum);
    }
    assertEquals(2, counted.size(), counted::toString);
  }

  private ThingsApi client(int instances) throws IOException {
    var list =
        start(instances).stream()
            .map(BalancedClientTest::authority)
            .collect(Collectors.joining(","));
    return RestClientBuilder.newBuilder()
        .baseUri(URI.create("stork://" + list))
        .build(ThingsApi.class);
  }

  private static String authority(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private List<HttpServer> start(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int number = i;
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/things", exchange -> answer(number, exchange));
      server.start();
      servers.add(server);
    }
    return servers;
  }

  private void answer(int number, HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (bodies) {
      bodies.add(body);
    }
    var bytes = (number + " " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(number == sick ? 500 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
