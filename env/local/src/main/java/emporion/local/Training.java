package emporion.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Makes start-up caches: each service starts alone, and its virtual machine writes the cache as it
 * ends. Whatever goes wrong here only leaves the service without one.
 */
final class Training {
  static final String PREFIX = "training-";

  private static final int FIRST_PORT = 18_080; // from here on, whatever is free
  private static final int PORTS_OF_EACH = 10;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ENOUGH = Duration.ofSeconds(30);

  private final Local local;
  private final Caches caches;
  private final Ports ports;
  private final Stop stop;
  private final Stopwatch since = Stopwatch.start();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(1);
  private final Set<String> offered = new HashSet<>();
  private final List<Future<?>> trainings = new ArrayList<>();

  Training(Local local, Caches caches, Ports ports) {
    this.local = local;
    this.caches = caches;
    this.ports = ports;
    this.stop = new Stop(local);
  }

  /** Trains a service whose jar is done, if that is worth the time; one after the other. */
  void offer(JavaService service) {
    if (!offered.add(service.name()) || !caches.isWanted(service.service())) {
      return;
    }
    if (trainings.isEmpty()) {
      Terminal.say("  fast starts are prepared, once for a new jar (LOCAL_AOT=off leaves it out)");
    }
    int port = FIRST_PORT + PORTS_OF_EACH * trainings.size();
    trainings.add(threads.submit(() -> inTurn(service, port)));
  }

  /** Trains the rest, two at a time, which keeps two cores busy, and waits until all are done. */
  void finish(List<JavaService> services) {
    turns.release();
    services.forEach(this::offer);
    for (var training : trainings) {
      try {
        training.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void inTurn(JavaService service, int port) {
    turns.acquireUninterruptibly();
    try {
      train(service, port);
    } finally {
      turns.release();
    }
  }

  private void train(JavaService member, int port) {
    var service = member.service();
    var id = PREFIX + service.name();
    var directory = local.place().data().resolve(id);
    var draft = caches.draft(service);
    if (rehearses(member, id, directory, port) && Files.exists(draft)) {
      caches.accept(service);
      Terminal.say("  %-34s at %5s s", "fast start of " + service.name(), since);
    } else {
      caches.reject(service);
      Terminal.say(
          "  %s starts without a cache; %s tells why",
          service.name(), Place.shown(local.place().log(id)));
    }
    Folders.remove(directory);
  }

  private boolean rehearses(JavaService member, String id, Path directory, int port) {
    Folders.create(directory);
    var service = member.service();
    var own = ports.others(service, port);
    int health = own.values().iterator().next();
    var patience = local.settings().seconds("LOCAL_READY_SECONDS");
    var began = Stopwatch.start();
    member.rehearse(id, directory, own, caches.draft(service));
    while (!isEnough(health, service.health(), began, patience)) {
      if (!local.processes().runs(id)) {
        return false;
      }
      Ending.pause(POLL);
    }
    Http.status(health, "/metrics");
    Http.status(own.getOrDefault("SERVER_PORT", health), "/");
    stop.quietly(id, patience);
    return true;
  }

  /**
   * A service that answers and yet is not ready for long misses a neighbour: it has loaded what it
   * can.
   */
  private static boolean isEnough(int port, String path, Stopwatch began, Duration patience) {
    int status = Http.status(port, path);
    return status == 200 || began.isPast(patience) || (began.isPast(ENOUGH) && status > 0);
  }
}
