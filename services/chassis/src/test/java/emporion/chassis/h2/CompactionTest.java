package emporion.chassis.h2;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  /** A row's pages, a thousand times over. */
  private static final long LIMIT = 2_000_000;

  @TempDir Path folder;

  @Test
  void a_file_of_one_row_stays_small_however_often_it_is_written() throws Exception {
    var database = new JdbcDataSource();
    database.setURL("jdbc:h2:file:" + folder.resolve("one") + ";WRITE_DELAY=0");
    var compaction = new Compaction(database);
    try (var connection = database.getConnection()) {
      connection
          .createStatement()
          .execute("create table counter (n int); insert into counter values (0)");
      write(connection, 2_000);
      assertTrue(size() > LIMIT, "the test writes too little to tell");
      compaction.start(this);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                write(connection, 1);
                return size() <= LIMIT;
              });
    } finally {
      compaction.stop(this);
    }
  }

  private static void write(Connection connection, int times) throws Exception {
    try (var update = connection.prepareStatement("update counter set n = n + 1")) {
      for (int i = 0; i < times; i++) {
        update.execute();
      }
    }
  }

  private long size() throws Exception {
    return Files.size(folder.resolve("one.mv.db"));
  }
}
