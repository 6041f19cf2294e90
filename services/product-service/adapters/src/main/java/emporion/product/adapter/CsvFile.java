package emporion.product.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import emporion.chassis.problem.Problem;
import emporion.chassis.text.Text;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CSV (RFC 4180) as spreadsheets write it, read as a stream: in UTF-8 or, with a byte order mark,
 * in UTF-16; with commas, semicolons or tabs between the cells, whichever the first line has most
 * of.
 */
public final class CsvFile {
  private static final ObjectReader ROWS =
      new CsvMapper().enable(CsvParser.Feature.WRAP_AS_ARRAY).readerFor(String[].class);
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String SEPARATORS = ",;\t";

  /** Characters within which the first line has to end for its separators to be seen. */
  private static final int FIRST_LINE = 8_000;

  private CsvFile() {}

  /** Takes one row at a time. */
  public interface Taker {
    /**
     * One row.
     *
     * @param number counts from 1, blank lines too; a cell with line ends in it is still one row
     */
    void take(int number, List<String> cells);
  }

  /**
   * Reads a file to its end.
   *
   * @throws Problem 400 where it is no such text or its quotes do not match
   */
  public static void read(InputStream file, Taker taker) {
    int number = 0;
    try (var text = text(file);
        MappingIterator<String[]> rows = ROWS.with(separated(text)).readValues(text)) {
      while (rows.hasNextValue()) {
        var cells = List.of(rows.nextValue());
        number++;
        if (!isBlank(cells)) {
          taker.take(number, cells);
        }
      }
    } catch (IOException e) {
      throw refusal(e, number + 1);
    }
  }

  /** The library wraps what the stream throws, at some places and not at others. */
  private static RuntimeException refusal(IOException failure, int row) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof CharacterCodingException) {
        return notText();
      }
    }
    return failure instanceof JsonProcessingException
        ? Problem.invalid("/rows/" + row, "is not valid CSV: quotes do not match")
        : new UncheckedIOException(failure);
  }

  private static boolean isBlank(List<String> cells) {
    return cells.size() == 1 && Text.line(cells.getFirst()).isEmpty();
  }

  private static Problem notText() {
    return Problem.invalid(
        "",
        "must be text in UTF-8, or in UTF-16 with a byte order mark; spreadsheets call it CSV"
            + " UTF-8");
  }

  private static Reader text(InputStream file) throws IOException {
    var bytes = new BufferedInputStream(file);
    bytes.mark(2);
    int start = bytes.read() << 8 | bytes.read();
    bytes.reset();
    var charset =
        start == 0xFEFF || start == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    var reader = new BufferedReader(new InputStreamReader(bytes, charset.newDecoder()));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  private static CsvSchema separated(Reader text) throws IOException {
    var counts = new int[SEPARATORS.length()];
    boolean quoted = false;
    text.mark(FIRST_LINE);
    for (int i = 0, c = text.read(); i < FIRST_LINE - 1 && c >= 0; i++, c = text.read()) {
      quoted ^= c == '"';
      if (!quoted && SEPARATORS.indexOf(c) >= 0) {
        counts[SEPARATORS.indexOf(c)]++;
      } else if (!quoted && (c == '\n' || c == '\r') && IntStream.of(counts).sum() > 0) {
        break;
      } else if (c == 0) {
        throw notText();
      }
    }
    text.reset();
    int most = IntStream.of(counts).max().orElse(0);
    int separator =
        IntStream.range(0, counts.length).filter(i -> counts[i] == most).findFirst().orElse(0);
    return CsvSchema.emptySchema().withColumnSeparator(SEPARATORS.charAt(separator));
  }
}
