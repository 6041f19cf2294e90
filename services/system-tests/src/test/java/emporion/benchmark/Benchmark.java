package emporion.benchmark;

import java.util.ArrayList;
import java.util.List;

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
        try (var peer = start.start()) {
          Terminal.say(peer.name());
          findings.add(new Course(options, peer).of(peer));
        }
      }
    }
    var report = new Report(findings);
    report.print();
    options.json().ifPresent(report::write);
    options.svg().ifPresent(Plot.of(findings)::write);
  }

  private static Findings of(Options options, Emporion shop) throws InterruptedException {
    return new Course(options, shop).of(shop);
  }
}
