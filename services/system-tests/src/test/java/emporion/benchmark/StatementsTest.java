package emporion.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementsTest {
  @Test
  void statementsAreCountedByDatabaseAndText() {
    var log =
        """
        said in order_service: LOG:  execute <unnamed>: BEGIN
        said in order_service: LOG:  execute S_1: select a
        \tfrom b
        \twhere c = $1
        said in order_service: DETAIL:  Parameters: ...
        said in postgres: LOG:  statement: select pg_reload_conf()
        another line
        said in user_service: LOG:  execute S_1/C_2: select a from b where c = $1
        said in order_service: LOG:  execute <unnamed>: BEGIN
        said in order_service: LOG:  execute S_1: select a
        \tfrom b
        \twhere c = $1
        """;
    var query = "select a from b where c = $1";
    assertEquals(
        Map.of("order_service", Map.of("BEGIN", 2, query, 2), "user_service", Map.of(query, 1)),
        Statements.read(log, "said in "));
  }

  @Test
  void theSlowestIsTheOneThatTookLongest() {
    var log =
        """
        said in order_service: LOG:  duration: 0.250 ms  bind S_1: select a
        said in postgres: LOG:  duration: 9.000 ms  statement: select b
        said in order_service: LOG:  duration: 2.125 ms  execute S_1: select a
        """;
    assertEquals(2.125, Statements.slowest(log, "said in "));
    assertEquals(0, Statements.slowest("", "said in "));
  }
}
