package emporion.chassis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import emporion.chassis.messaging.EventHandler;
import emporion.contracts.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DynamicTest;

/**
 * Holds a service and the events' document against each other, both ways. What an event carries is
 * held by {@link EventGuard} in every test that makes one.
 */
public final class EventRules {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final String QUEUES = "emporion.broker.queues";

  private EventRules() {}

  /** The queues that the service reads, those that it fills, and the types that it publishes. */
  public static Stream<DynamicTest> rules(String root, String service) {
    return Stream.concat(
        Stream.of(
            DynamicTest.dynamicTest(
                "queues that it reads", () -> assertEquals(Events.readBy(service), read(root))),
            DynamicTest.dynamicTest(
                "queues that it fills", () -> assertEquals(documented(service), filled()))),
        Events.of(service).stream()
            .map(type -> DynamicTest.dynamicTest(type, () -> assertNamed(type))));
  }

  private static Map<String, Set<String>> read(String root) throws ReflectiveOperationException {
    var queues = new TreeMap<String, Set<String>>();
    for (var type : Architecture.read(root, new ImportOption.DoNotIncludeTests())) {
      if (type.isAssignableTo(EventHandler.class)) {
        var handler = handler(type);
        queues.put(handler.queue(), new TreeSet<>(handler.types()));
      }
    }
    return queues;
  }

  /** By the constructor that CDI needs for its proxies: queue and types are constants. */
  private static EventHandler handler(JavaClass type) throws ReflectiveOperationException {
    var constructor = type.reflect().getDeclaredConstructor();
    constructor.setAccessible(true);
    return (EventHandler) constructor.newInstance();
  }

  private static Map<String, Set<String>> documented(String service) {
    var queues = new TreeMap<String, Set<String>>();
    Events.queues()
        .forEach(
            (queue, types) -> {
              var own = new TreeSet<>(types);
              own.retainAll(Events.of(service));
              if (!own.isEmpty()) {
                queues.put(queue, own);
              }
            });
    return queues;
  }

  private static Map<String, Set<String>> filled() {
    var queues = new TreeMap<String, Set<String>>();
    var setting = ConfigProvider.getConfig().getOptionalValue(QUEUES, String.class).orElse("");
    for (var queue : setting.isEmpty() ? new String[0] : setting.split(";")) {
      var parts = queue.split("=");
      queues.put(parts[0], new TreeSet<>(Set.of(parts[1].split(","))));
    }
    return queues;
  }

  /** What nothing in the service names any more is not published by it either. */
  private static void assertNamed(String type) throws IOException {
    try (var files = Files.walk(SOURCES)) {
      assertTrue(
          files
              .filter(file -> file.toString().endsWith(".java"))
              .anyMatch(file -> contains(file, "\"" + type + "\"")),
          () -> "Nothing in " + SOURCES + " names " + type);
    }
  }

  private static boolean contains(Path file, String words) {
    try {
      return Files.readString(file).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
