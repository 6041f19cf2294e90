package emporion.benchmark;

import emporion.tour.Shop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is measured of a subject, one after the other. */
final class Course {
  private static final int FIRST = 300;
  private static final int EARLY_FROM = 500;
  private static final int EARLY = 2_000;
  private static final int TOLD_ORDERS = 50;

  private final Options options;
  private final Subject subject;
  private final Meter meter;
  private final Map<String, Double> starts = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> memory = new LinkedHashMap<>();
  private final List<Window> windows = new ArrayList<>();
  private final Map<String, Map<String, Double>> statements = new TreeMap<>();
  private final Map<String, Double> lists = new LinkedHashMap<>();
  private int ordered;

  Course(Options options, Subject subject) {
    this.options = options;
    this.subject = subject;
    meter = new Meter(subject);
  }

  /** A shop of its own begins anew, since all that prepares it warms it. */
  Findings of(Emporion shop) throws InterruptedException {
    shop.people();
    if (shop.own().isPresent()) {
      renew(shop);
      Terminal.say("  starting again");
      starts.put("all", seconds(shop::start));
    }
    remember("after the start");
    measure(shop.own().isPresent());
    shop.postgres().ifPresent(server -> ask(shop, server));
    remember("after the load");
    shop.own().ifPresent(own -> startAlone(own, "order-service"));
    return findings();
  }

  /** Stops it; one that is to grow has made the words of its products by then. */
  private void renew(Emporion shop) {
    boolean grows = options.grown() > 0;
    boolean inFiles = shop.postgres().isEmpty();
    var growth = new Growth(options, shop.people().first());
    if (grows) {
      shop.postgres().ifPresent(growth::intoPostgres);
    }
    shop.stop();
    if (grows && inFiles) {
      growth.intoFiles(shop.data().resolve("db"));
    }
    if (grows) {
      shop.start();
      shop.stop();
    }
  }

  /** What others have made, which has just started. */
  Findings of(Peer peer) throws InterruptedException {
    remember("after the start");
    measure(true);
    remember("after the load");
    return findings();
  }

  private Findings findings() {
    return new Findings(subject.name(), starts, memory, windows, statements, lists);
  }

  private void remember(String moment) {
    memory.put(moment, subject.processes().memory());
  }

  private static double seconds(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }

  /** One process alone, as a platform replaces it. */
  private void startAlone(Shop shop, String service) {
    shop.kill(service);
    starts.put(service + " alone", seconds(() -> shop.up("--detach").succeeded()));
  }

  private void measure(boolean isNew) throws InterruptedException {
    if (isNew && options.wants("cold")) {
      cold();
    }
    if (options.wants("order") || options.wants("connections")) {
      warm();
    }
    if (options.wants("order")) {
      var title = new Window.Title(Work.ORDER, "warm", options.connections());
      windows.add(meter.rounds(options.rounds(), title, options.orders()));
    }
    for (var read : options.reads()) {
      read(read);
    }
    if (options.wants("connections")) {
      connections();
    }
  }

  private void cold() throws InterruptedException {
    window("first " + Math.min(FIRST, options.warmUp()), Math.min(FIRST, options.warmUp()));
    int between = Math.clamp(options.warmUp() - ordered, 0, EARLY_FROM - FIRST);
    meter.warmUp(Work.ORDER, between, options.connections());
    ordered += between;
    int early = Math.clamp(options.warmUp() - ordered, 0, EARLY);
    if (early > 0) {
      window("%d to %d".formatted(ordered, ordered + early), early);
    }
  }

  private void window(String phase, int orders) throws InterruptedException {
    if (orders > 0) {
      var title = new Window.Title(Work.ORDER, phase, options.connections());
      windows.add(meter.measure(title, orders, load -> load.run(orders, options.connections())));
      ordered += orders;
    }
  }

  private void warm() {
    meter.warmUp(Work.ORDER, options.warmUp() - ordered, options.connections());
    ordered = Math.max(ordered, options.warmUp());
  }

  private void read(Work work) throws InterruptedException {
    if (subject.load(work).isPresent()) {
      meter.warmUp(work, options.requests(), options.connections());
      var title = new Window.Title(work, "warm", options.connections());
      windows.add(meter.rounds(options.rounds(), title, options.requests()));
    }
  }

  /** Up to the plateau, and then at half of it, as customers come: not one after the other. */
  private void connections() throws InterruptedException {
    var levels = meter.levels(Work.ORDER, options.levels(), options.orders());
    windows.addAll(levels);
    double half = levels.stream().mapToDouble(Window::perSecond).max().orElseThrow() / 2;
    int most = options.levels().getLast();
    windows.add(
        meter.measure(
            new Window.Title(Work.ORDER, "half of the most", most),
            options.orders(),
            load -> load.paced(options.orders(), most, half)));
  }

  private void ask(Emporion shop, Postgres server) {
    var log = shop.data().resolve("logs/postgres.log");
    if (options.wants("statements")) {
      count(server, log);
    }
    if (options.wants("lists")) {
      lists.putAll(new Lists(shop.people(), server, log).measure());
    }
  }

  private void count(Postgres server, Path log) {
    var load = subject.load(Work.ORDER).orElseThrow();
    server
        .statements(log, () -> load.run(TOLD_ORDERS, 1))
        .forEach(
            (database, counts) -> {
              var each = new TreeMap<String, Double>();
              counts.forEach((text, count) -> each.put(text, count / (double) TOLD_ORDERS));
              statements.put(database, each);
            });
  }
}
