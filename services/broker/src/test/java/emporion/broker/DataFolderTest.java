package emporion.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void aStoreThatWasNeverFinishedIsMadeAnew() throws IOException {
    try (var data = DataFolder.take(folder)) {
      Files.createDirectories(data.store().resolve("half"));
    }
    try (var data = DataFolder.take(folder)) {
      assertFalse(Files.exists(data.store()));
    }
  }

  @Test
  void aStoreThatStoodIsNeverDiscarded() throws IOException {
    try (var data = DataFolder.take(folder)) {
      Files.createDirectories(data.store().resolve("whole"));
      data.storeStands();
    }
    try (var data = DataFolder.take(folder)) {
      assertTrue(Files.exists(data.store().resolve("whole")));
    }
  }

  @Test
  void whoComesSecondTouchesNothing() throws IOException {
    try (var data = DataFolder.take(folder)) {
      Files.createDirectories(data.store());
      assertThrows(StartFailure.class, () -> DataFolder.take(folder));
      assertTrue(Files.exists(data.store()));
    }
  }

  @Test
  void aFolderThatCantBeIsNamed() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    var failure = assertThrows(StartFailure.class, () -> DataFolder.take(file.resolve("below")));
    assertEquals(Settings.DATA, failure.getMessage().split(" ")[0]);
  }
}
