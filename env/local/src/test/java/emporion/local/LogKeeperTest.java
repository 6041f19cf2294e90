package emporion.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeeperTest {
  @TempDir private Path folder;

  @Test
  void aLongLogIsCutUnderItsWriter() throws IOException {
    var log = folder.resolve("books.log");
    try (var writer =
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      writer.write("0123456789".getBytes());

      LogKeeper.cutLongLogs(folder, 10);
      assertEquals(10, Files.size(log));
      writer.write("x".getBytes());
      LogKeeper.cutLongLogs(folder, 10);
      assertEquals(0, Files.size(log));
      writer.write("new".getBytes());
    }

    assertEquals("new", Files.readString(log));
    assertEquals("0123456789x", Files.readString(folder.resolve("books.previous.log")));
    LogKeeper.cutLongLogs(folder, 5);
    assertFalse(Files.exists(folder.resolve("books.previous.previous.log")));
  }
}
