package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What up and down promise, on a shop of services that do nothing; {@code env/local/check} proves
 * it with the real ones.
 */
@Timeout(300)
class LauncherTest {
  private static final int OLD = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Path> CLASSES = List.of(codeOf(Up.class), codeOf(Fake.class));

  @TempDir private Path folder;
  private final List<Process> begun = new ArrayList<>();
  private Project project;
  private String shift;
  private Path programs;
  private String path;

  @BeforeEach
  void shop() throws IOException {
    project = new Project(folder);
    project.file("api-specs/books.yaml", OLD);
    project.file("pom.xml", OLD);
    for (var service : project.local().services().names()) {
      project.file("services/%s/pom.xml".formatted(service), OLD);
      project.file("services/%s/src/main/java/Main.java".formatted(service), OLD);
      makeJar(service, Fake.class.getName());
    }
    programs = folder.resolve("programs");
    Folders.create(programs);
    path = programs + ":" + System.getenv("PATH");
    Folders.create(folder.resolve("env/local/seed"));
    Folders.write(folder.resolve("env/local/seed/products.csv"), "name\nAmphora\nKylix\n");
    shift = Integer.toString(freeShift());
  }

  /** What stands in for Prometheus and Zipkin. */
  private void putWatchers() throws IOException {
    makeJar("broker", Fake.class.getName());
    var jar = project.root().resolve("services/broker/target/broker.jar");
    var pom = project.root().resolve("pom.xml");
    Folders.write(pom, "<zipkin.version>1</zipkin.version>");
    Files.setLastModifiedTime(pom, FileTime.from(Instant.ofEpochSecond(OLD)));
    Folders.create(folder.resolve("target"));
    Files.copy(jar, folder.resolve("target/zipkin-1.jar"));
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var script = programs.resolve("prometheus");
    Folders.write(script, "#!/bin/sh\nexec '%s' -jar '%s' \"$@\"\n".formatted(java, jar));
    Os.permit(script, "rwxr-xr-x");
  }

  private static Path codeOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation() + ""));
  }

  private void makeJar(String service, String main) throws IOException {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main);
    attributes.put(
        Attributes.Name.CLASS_PATH,
        CLASSES.stream().map(Path::toUri).map(URI::toString).collect(Collectors.joining(" ")));
    var jar = project.file("services/%1$s/target/%1$s.jar".formatted(service), OLD);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private int freeShift() {
    return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(10_000, 20_000))
        .filter(
            shift ->
                project.local().services().all().stream()
                    .flatMap(service -> service.ports().values().stream())
                    .allMatch(port -> Ports.isFree(port + shift)))
        .findFirst()
        .orElseThrow();
  }

  @AfterEach
  void leaveNothing() throws Exception {
    begun.forEach(Process::destroy);
    finish(begin("Down"));
  }

  // --- commands ----------------------------------------------------------------------------------

  private record Said(int code, String text) {}

  private Process begin(String command, String... arguments) throws IOException {
    return beginSlowly(0, command, arguments);
  }

  private Process beginSlowly(int seconds, String command, String... arguments) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = CLASSES.getFirst().toString();
    var line =
        new ArrayList<>(
            List.of(
                java, "-Demporion.root=" + folder, "-cp", classes, "emporion.local." + command));
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(command + begun.size() + ".txt").toFile());
    builder.environment().put("LOCAL_PORT_SHIFT", shift);
    builder.environment().put("PATH", path);
    builder.environment().put("LOCAL_STOP_SECONDS", "60");
    builder.environment().put("FAKE_SECONDS", Integer.toString(seconds));
    var process = builder.start();
    begun.add(process);
    return process;
  }

  private String said(Process command) {
    return Folders.entries(folder).stream()
        .filter(file -> file.toString().endsWith(begun.indexOf(command) + ".txt"))
        .map(Folders::read)
        .findFirst()
        .orElseThrow();
  }

  private Said finish(Process command) throws InterruptedException {
    int code = command.waitFor();
    return new Said(code, said(command));
  }

  private Said run(String command, String... arguments) throws Exception {
    return finish(begin(command, arguments));
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).until(condition);
  }

  private Local local() {
    return project.local("LOCAL_PORT_SHIFT=" + shift);
  }

  private void assertNothingRuns() {
    assertEquals(List.of(), local().processes().names());
    local().services().all().stream()
        .flatMap(service -> service.ports().values().stream())
        .forEach(port -> assertTrue(Ports.isFree(port), port::toString));
  }

  // --- promises ----------------------------------------------------------------------------------

  @Test
  void upStartsWhatDoesNotRunAndDownStopsAll() throws Exception {
    var first = run("Up", "--detach");
    assertEquals(0, first.code(), first::text);
    assertTrue(first.text().contains("2 products imported into the empty catalogue"), first::text);
    var password = new Secrets(local().place()).get("ADMIN_PASSWORD");
    assertTrue(first.text().contains("admin / " + password), first::text);
    assertTrue(run("Up").text().contains("Emporion runs already"));
    assertEquals(1, run("Up", "--fresh").code());
    var broker = local().processes().running("broker").orElseThrow();
    var books = local().processes().running("books").orElseThrow();
    var secrets = new Secrets(local().place()).allThatBegin("").values();
    assertTrue(
        ProcessHandle.allProcesses()
            .flatMap(process -> process.info().commandLine().stream())
            .noneMatch(
                line -> secrets.stream().anyMatch(s -> s.length() > 20 && line.contains(s))));

    books.destroyForcibly();
    await(() -> !local().processes().runs("books"));
    assertEquals(0, run("Up", "--detach").code());
    assertEquals(broker, local().processes().running("broker").orElseThrow());
    assertNotEquals(books, local().processes().running("books").orElseThrow());

    var down = run("Down");
    assertEquals(0, down.code());
    assertTrue(down.text().matches("(?s) *gateway +stopped.* broker +stopped.*"), down::text);
    assertNothingRuns();
    assertTrue(run("Down").text().startsWith("Nothing runs."));
  }

  @Test
  void whatDiesWhileStartingIsNamedAndAllIsStopped() throws Exception {
    makeJar("books", "none.Such");

    var up = run("Up", "--detach");

    assertEquals(1, up.code());
    assertTrue(up.text().contains("ClassNotFoundException"), up::text);
    assertTrue(up.text().contains("books died while starting (code 1)"), up::text);
    assertNothingRuns();
  }

  @Test
  void aTakenPortStopsTheStartUnlessItMayGiveWay() throws Exception {
    var loopback = InetAddress.getLoopbackAddress();
    int broker = local().services().broker().port(Ports.BROKER);
    int books = local().services().get("books").port("SERVER_PORT");
    try (var holder = new ServerSocket(books, 1, loopback)) {
      var up = run("Up", "--detach");
      assertEquals(1, up.code());
      assertTrue(up.text().startsWith("books: port " + holder.getLocalPort() + " is held by"));
      assertEquals(List.of(), local().processes().names());
    }
    try (var holder = new ServerSocket(broker, 1, loopback)) {
      var up = run("Up", "--detach");
      assertEquals(0, up.code(), up::text);
      assertTrue(up.text().startsWith("Port " + holder.getLocalPort() + " is held by"), up::text);
    }
    var moved = Integer.toString(broker + 1);
    assertTrue(run("Ps").text().contains("EMPORION_BROKER_PORT=" + moved));
  }

  @Test
  void whoWatchesIsAServerLikeAnyOther() throws Exception {
    var usual = path;
    path = programs.toString();
    var missing = run("Up", "--detach", "--observe");
    path = usual;
    assertEquals(1, missing.code());
    assertTrue(missing.text().contains("apt-get install prometheus"), missing::text);
    assertEquals(List.of(), local().processes().names());
    putWatchers();

    var up = run("Up", "--detach");
    assertEquals(0, up.code(), up::text);
    var ports = new Ports(local(), Integer.parseInt(shift));
    for (var port : List.of(ports.prometheus(), ports.zipkin())) {
      assertTrue(up.text().contains("http://127.0.0.1:" + port + "/"), up::text);
    }
    var given = String.join("\n", environmentOf("books"));
    assertTrue(given.contains("OTEL_SDK_DISABLED=false"), given);
    assertTrue(
        given.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:" + ports.otlp()), given);
    assertEquals(1, run("Up", "--observe=off").code());

    local().processes().running("zipkin").orElseThrow().destroyForcibly();
    await(() -> !local().processes().runs("zipkin"));
    assertEquals(0, run("Up", "--detach").code());
    assertTrue(run("Ps").text().matches("(?s).*zipkin +\\d+ .*"));
    assertEquals(0, run("Down").code());
    assertNothingRuns();
    assertTrue(Ports.isFree(ports.otlp()));

    assertEquals(0, run("Up", "--detach", "--observe=off").code());
    assertFalse(local().processes().runs("prometheus"));
  }

  private List<String> environmentOf(String name) throws IOException {
    long pid = local().processes().running(name).orElseThrow().pid();
    return List.of(Files.readString(Path.of("/proc/%d/environ".formatted(pid))).split("\0"));
  }

  @Test
  void oneServiceIsRenewedWhileTheOthersGoOn() throws Exception {
    assertEquals("Nothing runs: ", run("Restart", "books").text().substring(0, 14));
    assertEquals(0, run("Up", "--detach").code());
    var names = List.of("broker", "books", "gateway");
    var before = names.stream().map(this::process).toList();

    var restart = run("Restart", "books");

    assertEquals(0, restart.code(), restart::text);
    assertTrue(restart.text().matches("(?s).*books +stopped.*books +ready.*"), restart::text);
    var after = names.stream().map(this::process).toList();
    assertEquals(before.getFirst(), after.getFirst());
    assertNotEquals(before.get(1), after.get(1));
    assertEquals(before.getLast(), after.getLast());
    assertTrue(run("Restart", "none").text().startsWith("There is no none; there are broker, "));
    assertEquals(2, run("Restart").code());
    var fares = run("Ps", "--long").text();
    assertTrue(fares.matches("(?s)process +pid .*books +\\d+ +ready +- .*SERVER_PORT=.*"), fares);
    local().processes().running("books").orElseThrow().destroyForcibly();
    await(() -> !local().processes().runs("books"));
    assertTrue(run("Ps", "--long").text().matches("(?s).*books +- +- +- +- +- .*"));
  }

  @Test
  void aServiceHasAsManyInstancesAsAreAskedFor() throws Exception {
    var onH2 = run("Up", "--detach", "--scale", "books=2");
    assertEquals(1, onH2.code());
    assertTrue(onH2.text().contains("--database postgres"), onH2::text);
    assertTrue(run("Up", "--scale", "gateway=2").text().contains("There is one gateway"));
    assertTrue(run("Up", "--scale", "none=2").text().contains("There is no none"));

    var up = run("Up", "--detach", "--scale", "shelves=3");
    assertEquals(0, up.code(), up::text);
    var told = String.join("\n", environmentOf("gateway"));
    var ports =
        IntStream.of(0, 10, 20).map(n -> n + local().services().get("shelves").port("SERVER_PORT"));
    var all = ports.mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    assertTrue(told.contains("EMPORION_SHELVES_URI=stork://" + all), told);
    assertTrue(
        run("Ps", "--long")
            .text()
            .matches("(?s)process +pid .*shelves-3 +\\d+ +ready .*SERVER_PORT=.*"));
    local().processes().running("shelves-3").orElseThrow().destroyForcibly();
    await(() -> !local().processes().runs("shelves-3"));
    assertTrue(run("Up", "--detach").text().contains("shelves-3"));

    var before = List.of("shelves", "shelves-2", "shelves-3").stream().map(this::process).toList();
    var restart = run("Restart", "shelves", "--rolling");
    assertEquals(0, restart.code(), restart::text);
    assertTrue(
        restart
            .text()
            .matches(
                "(?s).*shelves +ready.*shelves-2 +stopped.*shelves-2 +ready.*shelves-3 +stopped.*"),
        restart::text);
    await(() -> before.stream().noneMatch(ProcessHandle::isAlive));
    assertEquals(1, run("Restart", "books", "--rolling").code());
    assertEquals(0, run("Restart", "books").code());
    assertEquals(1, run("Restart", "none").code());

    assertEquals(0, run("Down").code());
    assertNothingRuns();
    assertEquals(0, run("Up", "--detach", "--scale=shelves=1").code());
    assertFalse(local().processes().runs("shelves-2"));
  }

  private ProcessHandle process(String name) {
    return local().processes().running(name).orElseThrow();
  }

  @Test
  void inTheForegroundItTellsDeathsAndStopsAllWhenItIsTold() throws Exception {
    var up = begin("Up");
    await(() -> said(up).contains("Ctrl-C"));
    local().processes().running("books").orElseThrow().destroyForcibly();
    await(() -> said(up).contains("books has died"));
    assertEquals(0, run("Up", "--detach").code());

    up.destroy();
    var ended = finish(up);

    assertEquals(0, ended.code(), ended::text);
    assertTrue(ended.text().endsWith("Emporion is stopped.\n"), ended::text);
    assertNothingRuns();
  }

  @Test
  void oneAtATimeAndDownEndsAnUpThatIsAtWork() throws Exception {
    var up = beginSlowly(60, "Up");
    await(() -> local().processes().runs("gateway"));

    var beside = run("Up", "--detach");
    assertEquals(1, beside.code());
    assertEquals(
        "env/local/up is already at work as process %d.".formatted(up.pid()),
        beside.text().strip());

    var down = run("Down");
    assertEquals(0, down.code());
    assertTrue(down.text().startsWith("env/local/up is at work: it is told to end."), down::text);
    assertEquals(143, finish(up).code());
    assertNothingRuns();
    assertFalse(said(up).contains("died"), () -> said(up));
  }
}
