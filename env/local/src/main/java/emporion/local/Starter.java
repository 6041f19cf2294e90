package emporion.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts members in their order, a few at a time, and waits until each is ready. One that is not
 * ready after ten seconds does not hold up the next, which it may wait for.
 */
final class Starter {
  private static final Duration POLL = Duration.ofMillis(400);
  private static final Duration HOLDS_UP = Duration.ofSeconds(10);
  private static final int LINES = 20;

  /** A member that is not ready yet. */
  private record Start(Member member, Process process, Stopwatch since) {}

  private final Local local;
  private final Consumer<String> started;

  /**
   * @param started is told each name before there is a process
   */
  Starter(Local local, Consumer<String> started) {
    this.local = local;
    this.started = started;
  }

  void start(List<? extends Member> members) {
    int most = local.settings().number("LOCAL_PARALLEL");
    var waiting = members.iterator();
    var starting = new ArrayList<Start>();
    while (waiting.hasNext() || !starting.isEmpty()) {
      fill(starting, waiting, most);
      starting.replaceAll(this::mended);
      starting.removeIf(this::isReady);
      Ending.pause(starting.isEmpty() ? Duration.ZERO : POLL);
    }
  }

  private void fill(List<Start> starting, Iterator<? extends Member> waiting, int most) {
    while (waiting.hasNext()
        && starting.stream().filter(start -> !start.since.isPast(HOLDS_UP)).count() < most) {
      starting.add(start(waiting.next()));
    }
  }

  private Start start(Member member) {
    started.accept(member.name());
    var since = Stopwatch.start();
    return new Start(member, member.start(), since);
  }

  /** The same, or its second try where it has died and there is one. */
  private Start mended(Start start) {
    var name = start.member.name();
    if (local.processes().runs(name)) {
      return start;
    }
    int code = exitCode(start.process);
    if (start.member.startsOtherwise()) {
      Terminal.say("  %s ended with code %d; once more without its start-up cache", name, code);
      return start(start.member);
    }
    throw failure(name, "died while starting (code %d)".formatted(code));
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // nobody interrupts
    }
  }

  private boolean isReady(Start start) {
    var name = start.member.name();
    var patience = local.settings().seconds("LOCAL_READY_SECONDS");
    if (start.member.isReady()) {
      Terminal.say(Terminal.green("  %-22s ready    %5s s".formatted(name, start.since)));
      return true;
    }
    if (start.since.isPast(patience)) {
      throw failure(name, "is not ready after %d s".formatted(patience.toSeconds()));
    }
    return false;
  }

  private Failure failure(String name, String what) {
    var log = local.place().log(name);
    Terminal.showEndOf(log, LINES);
    return new Failure(
        "%s %s; the last lines of %s stand above.".formatted(name, what, Place.shown(log)));
  }
}
