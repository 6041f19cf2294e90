package emporion.benchmark;

import emporion.chassis.testkit.Http;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the slowest statement of a page takes its database, wherever the page begins. */
final class Lists {
  /** Plans are settled and pages are in memory by then. */
  private static final int BEFORE = 12;

  private static final List<String> OF_ANYBODY =
      List.of(
          "/v1/products?limit=24",
          "/v1/products?limit=24&sort=-name",
          "/v1/products?limit=24&sort=price",
          "/v1/products?limit=24&sort=newest",
          "/v1/products?limit=24&sort=recommended",
          "/v1/products?limit=24&category=Grown%207",
          "/v1/products?limit=24&max_price=150",
          "/v1/products?limit=24&q=thing",
          "/v1/categories");

  private final People people;
  private final Postgres server;
  private final Path log;
  private final Map<String, Double> slowest = new LinkedHashMap<>();

  Lists(People people, Postgres server, Path log) {
    this.people = people;
    this.server = server;
    this.log = log;
  }

  /** Milliseconds by path; the second of each is of the page that follows. */
  Map<String, Double> measure() {
    OF_ANYBODY.forEach(path -> pages(people.anybody(), path));
    var token = people.tokens().getFirst();
    ofCustomer().forEach(path -> pages(people.anybody().as(token), path));
    ofStaff().forEach(path -> pages(people.admin(), path));
    return slowest;
  }

  private static String daysAgo(int days) {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS).toString();
  }

  private List<String> ofCustomer() {
    return List.of(
        "/v1/orders?limit=20",
        "/v1/orders?limit=20&created_from=" + daysAgo(60) + "&created_to=" + daysAgo(50),
        "/v1/orders?limit=20&status=pending",
        "/v1/orders?limit=20&status=confirmed",
        "/v1/orders?limit=20&status=cancelled",
        "/v1/notifications?limit=20",
        "/v1/payments?limit=20");
  }

  private List<String> ofStaff() {
    var all = new ArrayList<String>();
    for (var filter : List.of("", "&role=support", "&active=false", "&active=true", "&q=ariadne")) {
      all.add("/v1/users?limit=20" + filter);
    }
    for (var filter :
        List.of(
            "",
            "&created_to=" + daysAgo(50),
            "&status=pending",
            "&status=confirmed",
            "&status=cancelled",
            "&status=cancelled&created_to=" + daysAgo(50))) {
      all.add("/v1/admin/orders?limit=20" + filter);
    }
    for (var filter : List.of("", "&needs_operator=true", "&open=true", "&state=charging")) {
      all.add("/v1/admin/sagas?limit=20" + filter);
    }
    all.add("/v1/payments?limit=20");
    return all;
  }

  private void pages(Http client, String path) {
    var next = page(client, path);
    if (!next.isEmpty()) {
      page(client, path + (path.contains("?") ? "&" : "?") + "cursor=" + next);
    }
  }

  /** The cursor of the page behind it; empty for none. */
  private String page(Http client, String path) {
    var answer = client.get(path);
    for (int i = 0; i < BEFORE; i++) {
      answer = client.get(path);
    }
    if (answer.status() != 200) {
      throw new IllegalStateException(path + ": " + answer);
    }
    var shown = path.replaceAll("cursor=.*", "cursor=...");
    slowest.put(shown, server.slowest(log, () -> client.get(path)));
    return answer.text("/next");
  }
}
