package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service with several instances behind the gateway. */
class InstancesTest {
  private static final String SICK =
      "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\n\r\nbad";

  private final List<AtomicInteger> asked = new ArrayList<>();
  private final List<RawUpstream> instances = new ArrayList<>();
  private volatile int sick = -1;
  private volatile int mute = -1;
  private Stage stage;

  @AfterEach
  void end() throws IOException {
    if (stage != null) {
      stage.close();
    }
    for (var instance : instances) {
      instance.close();
    }
  }

  private void start(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int number = i;
      asked.add(new AtomicInteger());
      instances.add(new RawUpstream((head, body, out) -> answer(number, out)));
    }
    stage(Map.of("EMPORION_ROUTES_PRODUCT_URI", "stork://" + list()));
  }

  private void answer(int number, OutputStream out) throws IOException {
    asked.get(number).incrementAndGet();
    if (number == mute) {
      out.close();
    } else {
      out.write(RawUpstream.bytes(number == sick ? SICK : Stage.OK));
    }
  }

  private void stage(Map<String, String> settings) throws IOException {
    if (stage != null) {
      stage.close();
    }
    stage = new Stage(instances.getFirst(), settings);
  }

  private String list() {
    return instances.stream()
        .map(one -> one.uri().replace("http://", ""))
        .collect(Collectors.joining(","));
  }

  private int get() throws IOException {
    return RawClient.get(stage.port(), "/v1/products").status();
  }

  @Test
  void requests_go_to_all_of_them() throws IOException {
    start(3);
    for (int i = 0; i < 600; i++) {
      assertEquals(200, get());
    }
    asked.forEach(count -> assertEquals(200, count.get(), 70, asked::toString));
  }

  @Test
  void one_that_is_gone_costs_nobody_a_request() throws IOException {
    start(2);
    for (int i = 0; i < 20; i++) {
      assertEquals(200, get());
    }
    instances.get(1).close();
    for (int i = 0; i < 100; i++) {
      assertEquals(200, get());
    }
  }

  @Test
  void what_one_fails_to_do_another_does_where_that_is_harmless() throws IOException {
    start(3);
    sick = 1;
    for (int i = 0; i < 100; i++) {
      assertEquals(200, get());
    }
    assertTrue(asked.get(1).get() <= 5, asked::toString); // then it is left out
    mute = 0;
    sick = -1;
    for (int i = 0; i < 20; i++) {
      assertEquals(200, get());
    }
  }

  @Test
  void a_post_without_a_key_happens_once() throws IOException {
    start(2);
    sick = 0;
    int failures = 0;
    for (int i = 0; i < 40; i++) {
      var answer =
          RawClient.send(
              stage.port(),
              "POST /v1/products HTTP/1.1\r\nHost: shop\r\nContent-Length: 1\r\n\r\nx");
      failures += answer.status() == 500 ? 1 : 0;
    }
    assertEquals(5, failures);
    assertEquals(40, asked.stream().mapToInt(AtomicInteger::get).sum());
  }

  @Test
  void a_name_leads_to_the_addresses_that_settings_give() throws IOException {
    start(2);
    stage(
        Map.of(
            "EMPORION_ROUTES_PRODUCT_URI",
            "stork://product-service",
            "STORK_PRODUCT_SERVICE_SERVICE_DISCOVERY_ADDRESS_LIST",
            list()));
    for (int i = 0; i < 50; i++) {
      assertEquals(200, get());
    }
    asked.forEach(count -> assertTrue(count.get() > 5, asked::toString));
  }

  @Test
  void without_an_instance_the_answer_is_at_once_and_names_the_service() throws IOException {
    start(1);
    stage(Map.of("EMPORION_ROUTES_PRODUCT_URI", "stork://nowhere"));
    long begun = System.nanoTime();
    var answer = RawClient.get(stage.port(), "/v1/products");
    assertEquals(503, answer.status());
    assertTrue(answer.body().contains("The product service has no instance"), answer::body);
    assertTrue(System.nanoTime() - begun < 3_000_000_000L);
  }
}
