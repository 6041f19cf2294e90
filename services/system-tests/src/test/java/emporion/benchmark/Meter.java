package emporion.benchmark;

import emporion.benchmark.Load.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Measures windows of work at one subject, and tells how it gets on. */
final class Meter {
  /** Of all processes together in a second: what they use when nobody asks for anything. */
  private static final double QUIET_MICROS = 120_000;

  private static final Duration QUIET_WITHIN = Duration.ofMinutes(3);

  /** Within the life of a token. */
  private static final int AT_A_TIME = 2_000;

  private final Subject subject;

  Meter(Subject subject) {
    this.subject = subject;
  }

  /** The middle one of some rounds of the same work, by the time that all processes took. */
  Window rounds(int rounds, Window.Title title, int requests) throws InterruptedException {
    var all = new ArrayList<Window>();
    for (int i = 0; i < rounds; i++) {
      all.add(measure(title, requests, load -> load.run(requests, title.connections())));
    }
    return Window.middle(all);
  }

  Window measure(Window.Title title, int requests, Function<Load, Outcome> sending)
      throws InterruptedException {
    var load = subject.load(title.work()).orElseThrow();
    settle(); // what was before
    var before = before();
    var outcome = sending.apply(load);
    settle(); // what an order has set off
    var used = after().since(before).by(requests);
    var window = Window.of(subject.name(), title, outcome, used);
    Terminal.say("  " + window.line());
    return window;
  }

  /** Sends without measuring; whatever fails is told. */
  void warmUp(Work work, int requests, int connections) {
    for (int left = requests; left > 0; left -= AT_A_TIME) {
      int count = Math.min(left, AT_A_TIME);
      var outcome = subject.load(work).orElseThrow().run(count, connections);
      Terminal.say(
          "  warming up: %s, %d to go, %.0f/s%s",
          work.title(), left - count, outcome.perSecond(), Window.told(outcome.failures()));
      Window.checkSense(outcome);
    }
  }

  /** Its own questions to the databases are not to be counted, so they come first, or last. */
  private Reading before() {
    var counts = subject.counts();
    return new Reading(subject.processes().cpu(), counts);
  }

  private Reading after() {
    var cpu = subject.processes().cpu();
    return new Reading(cpu, subject.counts());
  }

  private void settle() throws InterruptedException {
    long until = System.nanoTime() + QUIET_WITHIN.toNanos();
    double last = used();
    for (double now = Double.MAX_VALUE; now - last > QUIET_MICROS; ) {
      if (System.nanoTime() > until) {
        Terminal.say("  still at work after %d s; counted until now", QUIET_WITHIN.toSeconds());
        return;
      }
      last = now == Double.MAX_VALUE ? last : now;
      TimeUnit.SECONDS.sleep(1);
      now = used();
    }
  }

  private double used() {
    return subject.processes().cpu().values().stream().mapToDouble(Cpu::all).sum();
  }

  /** Numbers of connections, each with as many requests. */
  List<Window> levels(Work work, List<Integer> connections, int requests)
      throws InterruptedException {
    var windows = new ArrayList<Window>();
    for (int level : connections) {
      windows.add(rounds(1, new Window.Title(work, "connections", level), requests));
    }
    return windows;
  }
}
