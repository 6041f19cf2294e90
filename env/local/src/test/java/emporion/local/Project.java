package emporion.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A small project in a folder of the test's. */
record Project(Path root) {
  static final String TABLE =
      """
      # name ports health heap needs flags
      broker    EMPORION_BROKER_HEALTH_PORT=9672,EMPORION_BROKER_PORT=5672 /health 128m broker
      books     MANAGEMENT_PORT=9181,SERVER_PORT=8081,EMPORION_GRPC_PORT=9081 /health 96m database,client -Xmn16m -Xint
      shelves   MANAGEMENT_PORT=9182,SERVER_PORT=8082 /health 96m -
      gateway   MANAGEMENT_PORT=9080,SERVER_PORT=8080 /health 96m -
      """;
  static final String SETTINGS =
      """
      # settings
      LOCAL_READY_SECONDS=90
      LOCAL_STOP_SECONDS=1
      LOCAL_PARALLEL=5
      LOCAL_AOT=off
      LOCAL_LOG_MIB=10
      LOCAL_ADMIN_USERNAME=admin
      LOCAL_SHOPPER_USERNAME=shopper
      LOCAL_POSTGRES_PORT=5432
      LOCAL_PROMETHEUS_PORT=9090
      LOCAL_ZIPKIN_PORT=9411
      LOCAL_OTLP_PORT=4318
      LOCAL_JAVA_FLAGS=-XX:+UseSerialGC -Da=b
      EMPORION_BOOKS_URI=http://127.0.0.1:{books.EMPORION_GRPC_PORT}/{books}/{EMPORION_BROKER_PORT}/{other}
      EMPORION_SHELVES_URI={shelves+}
      """;

  Project {
    write(root.resolve("env/local/services.conf"), TABLE);
    write(root.resolve("env/local/settings.env"), SETTINGS);
    Folders.create(root.resolve("env/local/data/run"));
    Folders.create(root.resolve("env/local/data/logs"));
  }

  Local local(String... environment) {
    var pairs = new HashMap<String, String>();
    for (var pair : environment) {
      pairs.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    return Local.of(root, Map.copyOf(pairs));
  }

  Local local() {
    return local(new String[0]);
  }

  /** A file that has changed at a second. */
  Path file(String name, int second) throws IOException {
    var file = root.resolve(name);
    write(file, "");
    return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }

  private static void write(Path file, String text) {
    Folders.create(file.getParent());
    Folders.write(file, text);
  }
}
