package emporion.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Neither a card's token nor its number is found anywhere but in the request that brought it. */
class SecretsTest {
  private static final String NUMBER = "4111111111111111";

  private final Till till = new Till();

  @Test
  void noTokenAndNoNumberIsLogged() {
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var own = (Logger) LoggerFactory.getLogger("emporion");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    root.addAppender(lines);
    own.setLevel(Level.TRACE);
    try {
      for (var token : List.of("tok_visa", "tok_expired_card", "tok_timeout", "tok_gold", NUMBER)) {
        till.put(Till.key(), Till.charge(token));
        till.put(Till.key(), Till.charge(token).replace("}", ",}"));
      }
      till.put(Till.key(), "{\"token\":" + NUMBER + "}");
      till.undo(Till.key());
    } finally {
      own.setLevel(null);
      root.detachAppender(lines);
    }
    assertTrue(lines.list.stream().anyMatch(line -> text(line).contains("gave no answer")));
    for (var line : lines.list) {
      assertFalse(text(line).contains("tok_") || text(line).contains(NUMBER), () -> text(line));
    }
  }

  private static String text(ILoggingEvent line) {
    var thrown = line.getThrowableProxy();
    return line.getFormattedMessage() + (thrown == null ? "" : thrown.getMessage());
  }

  @Test
  void noTokenIsStoredOrPublished() {
    till.captured("tok_mastercard");
    till.put(Till.key(), Till.charge("tok_expired_card"));
    var textColumns =
        Till.column(
            "select table_name || '.' || column_name from information_schema.columns"
                + " where lower(table_schema) = 'public' and lower(data_type) like 'character%'");
    assertTrue(textColumns.size() > 20, textColumns::toString);
    for (var column : textColumns) {
      var parts = column.split("\\.");
      var sql =
          "select count(*) from " + parts[0] + " where " + parts[1] + " like '%tok!_%' escape '!'";
      assertEquals(List.of("0"), Till.column(sql), column);
    }
  }
}
