package emporion.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Ends processes, in an order that loses nothing. */
final class Stop {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Local local;
  private final Processes processes;

  Stop(Local local) {
    this.local = local;
    this.processes = local.processes();
  }

  /**
   * The gateway first, so that no request arrives any more; the broker last, so that what the
   * others still have to say is heard; the rest together. Under all of them the servers, and what
   * RabbitMQ is found by.
   */
  void inOrder(Collection<String> names) {
    var broker = local.services().broker().name();
    var gateway = local.services().gateway().name();
    var rest = new ArrayList<>(names);
    rest.removeAll(List.of(broker, gateway, RabbitMq.EPMD));
    rest.removeAll(Local.SERVERS);
    together(only(names, List.of(gateway)));
    together(rest);
    together(only(names, List.of(broker)));
    together(only(names, Local.SERVERS));
    if (processes.knows(RabbitMq.EPMD) && !processes.runs(RabbitMq.NAME)) {
      together(List.of(RabbitMq.EPMD));
    }
  }

  private static List<String> only(Collection<String> names, List<String> wanted) {
    return wanted.stream().filter(names::contains).toList();
  }

  void together(Collection<String> names) {
    end(names, local.settings().seconds("LOCAL_STOP_SECONDS"), Terminal::say, Terminal::warn);
  }

  /** Ends one without a word. */
  void quietly(String name, Duration patience) {
    end(List.of(name), patience, word -> {}, word -> {});
  }

  private void end(
      Collection<String> names, Duration patience, Consumer<String> say, Consumer<String> warn) {
    var since = Stopwatch.start();
    var left = names.stream().filter(this::isAsked).collect(Collectors.toList());
    while (!left.isEmpty()) {
      left.removeIf(name -> hasStopped(name, since, say));
      if (since.isPast(patience)) {
        left.forEach(name -> kill(name, patience, warn));
        return;
      }
      Ending.pause(left.isEmpty() ? Duration.ZERO : POLL);
    }
  }

  /** PostgreSQL waits until its last client has gone, unless it is interrupted. */
  private boolean isAsked(String name) {
    var process = processes.running(name);
    if (process.isEmpty()) {
      processes.forget(name);
    } else if (name.equals(Postgres.NAME)) {
      Os.interrupt(process.get());
    } else {
      process.get().destroy();
    }
    return process.isPresent();
  }

  private boolean hasStopped(String name, Stopwatch since, Consumer<String> say) {
    if (processes.runs(name)) {
      return false;
    }
    processes.forget(name);
    say.accept("  %-22s stopped  %5s s".formatted(name, since));
    return true;
  }

  private void kill(String name, Duration patience, Consumer<String> warn) {
    processes.running(name).ifPresent(Os::killTree);
    warn.accept(
        "  %s did not stop within %d s and was killed".formatted(name, patience.toSeconds()));
    while (processes.runs(name)) {
      Ending.pause(POLL);
    }
    processes.forget(name);
  }
}
