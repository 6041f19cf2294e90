package emporion.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  private static final String SLEEP = "echo begun; sleep 60";
  private static final String STUBBORN = "trap '' TERM; echo begun; sleep 60; sleep 60";

  @TempDir private Path folder;
  private Local local;
  private Processes processes;

  @BeforeEach
  void project() {
    local = new Project(folder).local();
    processes = local.processes();
    assumeTrue(Files.isExecutable(Path.of(Os.SHELL)), "there is no sh to start something with");
  }

  @AfterEach
  void endAll() {
    processes.names().forEach(name -> processes.running(name).ifPresent(Os::killTree));
  }

  private ProcessHandle start(String name, String script) throws IOException {
    var path = Map.of("PATH", System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin");
    var process = processes.start(name, folder, path, List.of(Os.SHELL, "-c", script));
    await().until(() -> !process.isAlive() || Files.size(local.place().log(name)) > 0);
    return process.toHandle();
  }

  @Test
  void aProcessIsKnownByPidAndBirth() throws IOException {
    var pid = start("books", SLEEP).pid();
    var known = local.place().run().resolve("books.pid");

    assertEquals(pid, processes.running("books").orElseThrow().pid());
    Folders.write(known, pid + " 1\n"); // another one had this number before
    assertFalse(processes.runs("books"));
    assertEquals(List.of("books"), processes.names());
  }

  @Test
  void whatEndedDoesNotRun() throws IOException {
    var process = start("books", SLEEP);
    Os.killTree(process);
    process.onExit().join();

    assertFalse(processes.runs("books"));
    assertTrue(processes.knows("books"));
  }

  @Test
  void logsAreForTheirOwnerAndTheOneOfBeforeIsKept() throws IOException {
    start("books", "echo once").onExit().join();
    start("books", "echo twice").onExit().join();

    assertEquals("twice\n", Files.readString(local.place().log("books")));
    assertEquals("once\n", Files.readString(local.place().log("books.previous")));
    var permissions = Files.getPosixFilePermissions(local.place().log("books"));
    assertEquals("rw-------", PosixFilePermissions.toString(permissions));
  }

  @Test
  void stoppingLeavesNothingAndTakesChildrenAlong() throws IOException {
    start("books", SLEEP);
    var stubborn = start("gateway", STUBBORN);
    var child = stubborn.children().findFirst();

    new Stop(local).inOrder(List.of("books", "gateway", "broker"));

    assertEquals(List.of(), processes.names());
    assertFalse(processes.runs("gateway"));
    assertTrue(child.isPresent());
    child.get().onExit().join();
  }
}
