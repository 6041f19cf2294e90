package emporion.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Behind {@code services/system-tests/benchmark}, which says what the arguments are. */
final class Benchmark {
  private Benchmark() {}

  /** Ends with 2 for arguments that it does not know, and with 1 where it could not measure. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      measure(Options.of(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println("services/system-tests/benchmark --help tells what there is.");
      System.exit(2);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  static void measure(Options options) throws InterruptedException {
    var findings = new ArrayList<Findings>();
    if (options.databases().isEmpty()) {
      try (var shop = Emporion.running()) {
        findings.add(of(options, shop));
      }
    }
    for (var database : options.databases()) {
      Terminal.say("A shop on %s starts; its data and logs lie below target", database);
      try (var shop = Emporion.own(database, options.broker(database))) {
        findings.add(of(options, shop));
      }
    }
    for (var folder : options.compared()) {
      for (var start : Peer.in(folder)) {
        compare(options, start).ifPresent(findings::add);
      }
    }
    var report = new Report(findings);
    report.print();
    options.json().ifPresent(report::write);
    options.svg().ifPresent(Plot.of(findings)::write);
  }

  /** Who misses what another one's work needs has the figures of the shop all the same. */
  private static Optional<Findings> compare(Options options, Peer.Start start)
      throws InterruptedException {
    try (var peer = start.start()) {
      Terminal.say(peer.name());
      return Optional.of(new Course(options, peer).of(peer));
    } catch (IllegalStateException e) {
      Terminal.say("  not measured: %s", e.getMessage());
      return Optional.empty();
    }
  }

  private static Findings of(Options options, Emporion shop) throws InterruptedException {
    return new Course(options, shop).of(shop);
  }
}
