package emporion.product.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import emporion.chassis.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text in UTF-8 and CSV (RFC 4180), with or without a byte order mark; read as a stream. */
public final class CsvFile {
  private static final ObjectReader ROWS =
      new CsvMapper().enable(CsvParser.Feature.WRAP_AS_ARRAY).readerFor(String[].class);
  private static final int BYTE_ORDER_MARK = 0xFEFF;

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
   * @throws Problem 400 where it is not UTF-8 or its quotes do not match
   */
  public static void read(InputStream file, Taker taker) {
    int number = 0;
    try (MappingIterator<String[]> rows = ROWS.readValues(text(file))) {
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
        return Problem.invalid("", "must be text in UTF-8");
      }
    }
    return failure instanceof JsonProcessingException
        ? Problem.invalid("/rows/" + row, "is not valid CSV: quotes do not match")
        : new UncheckedIOException(failure);
  }

  private static boolean isBlank(List<String> cells) {
    return cells.size() == 1 && cells.getFirst().isBlank();
  }

  private static Reader text(InputStream file) throws IOException {
    var strict = StandardCharsets.UTF_8.newDecoder();
    var reader = new BufferedReader(new InputStreamReader(file, strict));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
