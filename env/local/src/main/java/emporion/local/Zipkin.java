package emporion.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Zipkin from Maven, which keeps the traces of this shop in its memory. */
final class Zipkin implements Member {
  static final String NAME = "zipkin";

  /** A few thousand orders, in half of its heap. */
  private static final String MOST_SPANS = "100000";

  private final Local local;
  private final Ports ports;
  private Path program;

  Zipkin(Local local, Ports ports) {
    this.local = local;
    this.ports = ports;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Integer> ports() {
    return Map.of(Ports.ZIPKIN, ports.zipkin(), Ports.OTLP, ports.otlp());
  }

  /** Gets its program, once for each version. */
  @Override
  public void prepare() {
    var version = Maven.property(local, "zipkin.version");
    var target = local.place().root().resolve("target");
    program = target.resolve("zipkin-%s.jar".formatted(version));
    if (!Files.exists(program)) {
      Terminal.say(Terminal.bold("Fetching Zipkin " + version));
      Maven.start(
              local,
              "zipkin.build",
              "Zipkin comes from",
              List.of("-N", "-P", "zipkin", "initialize"))
          .await("Zipkin can't be had.");
      Folders.move(target.resolve("zipkin/zipkin.jar"), program);
    }
  }

  @Override
  public Process start() {
    var options =
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    var command =
        Stream.concat(
                local.itself(OtlpDoor.class, options, List.of(program)).stream(),
                Stream.of(program, ports.otlp(), ports.zipkin()).map(Object::toString))
            .toList();
    return local.processes().start(NAME, local.place().home(), environment(), command);
  }

  private static Map<String, String> environment() {
    var given = new HashMap<>(System.getenv());
    given.put("STORAGE_TYPE", "mem");
    given.put("MEM_MAX_SPANS", MOST_SPANS);
    given.put("AUTOCOMPLETE_KEYS", "order.id,error");
    return given;
  }

  @Override
  public boolean isReady() {
    return Http.status(ports.zipkin(), "/health") == 200;
  }
}
