package emporion.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the processes listen. The ports of the broker, the database and of those who watch give way
 * to the next free one where they are taken, unless somebody runs who has been told of them.
 */
public final class Ports {
  static final String BROKER = "EMPORION_BROKER_PORT";
  static final String POSTGRES = "POSTGRES_PORT";
  static final String PROMETHEUS = "PROMETHEUS_PORT";
  static final String ZIPKIN = "ZIPKIN_PORT";

  /** Where traces are sent to, by OpenTelemetry's protocol over HTTP. */
  static final String OTLP = "OTLP_PORT";

  private static final List<String> OF_SERVERS = List.of(POSTGRES, PROMETHEUS, ZIPKIN, OTLP);

  private static final int PATIENCE = 500; // ms

  private final Local local;
  private final Map<String, Integer> moved = new HashMap<>();

  Ports(Local local, int shift) {
    this.local = local;
    moved.put(BROKER, local.services().broker().port(BROKER));
    OF_SERVERS.forEach(
        variable -> moved.put(variable, local.settings().number("LOCAL_" + variable) + shift));
    if (local.runs()) {
      Pairs.read(file()).forEach((variable, port) -> moved.put(variable, Integer.valueOf(port)));
    }
  }

  private Path file() {
    return local.place().run().resolve("ports");
  }

  int broker() {
    return moved.get(BROKER);
  }

  int postgres() {
    return moved.get(POSTGRES);
  }

  int prometheus() {
    return moved.get(PROMETHEUS);
  }

  int zipkin() {
    return moved.get(ZIPKIN);
  }

  int otlp() {
    return moved.get(OTLP);
  }

  /** Those of a service, by variable. */
  Map<String, Integer> of(Service service) {
    var ports = new LinkedHashMap<>(service.ports());
    ports.replaceAll((variable, port) -> moved.getOrDefault(variable, port));
    return ports;
  }

  /** For whoever comes later to a shop that runs. */
  void keep() {
    var lines = moved.entrySet().stream().map(pair -> pair + "\n");
    Folders.write(file(), lines.collect(Collectors.joining()));
  }

  /** Ends where a port is taken that one of these needs and that can't give way. */
  void check(List<Member> members) {
    boolean told = local.runs();
    var taken = new ArrayList<String>();
    for (var member : members) {
      member
          .ports()
          .forEach(
              (variable, port) -> {
                if (isFree(port)) {
                  return;
                }
                if (moved.containsKey(variable) && !told) {
                  giveWay(member, variable, port);
                } else {
                  taken.add(
                      "%s: port %d is held by %s".formatted(member.name(), port, Os.holder(port)));
                }
              });
    }
    if (!taken.isEmpty()) {
      throw new Failure(
          "%s\nStop what holds it, or write another port into %s."
              .formatted(String.join("\n", taken), local.command("services.conf")));
    }
  }

  private void giveWay(Member member, String variable, int port) {
    int free = nextFree(port + 1);
    Terminal.say(
        "Port %d is held by %s: %s listens on %d instead.",
        port, Os.holder(port), member.name(), free);
    moved.put(variable, free);
  }

  /** The first port from a number on that is free, and nobody's of the shop. */
  int nextFree(int from) {
    var own =
        Stream.concat(
                local
                    .services()
                    .allInstances()
                    .flatMap(instance -> instance.ports().values().stream()),
                moved.values().stream())
            .collect(Collectors.toSet());
    return IntStream.iterate(from, port -> port + 1)
        .filter(((IntPredicate) own::contains).negate().and(Ports::isFree))
        .findFirst()
        .orElseThrow();
  }

  /** Free ports from a number on for a second instance of a service. */
  Map<String, Integer> others(Service service, int from) {
    var ports = new LinkedHashMap<String, Integer>();
    int next = from;
    for (var variable : service.ports().keySet()) {
      ports.put(variable, nextFree(next));
      next = ports.get(variable) + 1;
    }
    return ports;
  }

  /**
   * Whether somebody may listen on a port of 127.0.0.1. Where it can be bound though somebody
   * listens on all addresses, as on a Mac, a connection tells.
   */
  public static boolean isFree(int port) {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(!System.getProperty("os.name").startsWith("Windows"));
      socket.bind(loopback);
    } catch (IOException e) {
      return false;
    }
    try (var socket = new Socket()) {
      socket.connect(loopback, PATIENCE);
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
