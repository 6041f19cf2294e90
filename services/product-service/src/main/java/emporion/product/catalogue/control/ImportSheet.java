package emporion.product.catalogue.control;

import emporion.chassis.text.Folding;
import emporion.chassis.text.Text;
import emporion.product.adapter.CsvFile;
import emporion.product.catalogue.entity.Money;
import emporion.product.catalogue.entity.ProductSpec;
import emporion.product.stock.entity.Stock;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a file of products row by row and notes all that is wrong with it, not only the first. */
public final class ImportSheet {
  private static final int MAX_ROWS = 20_000;
  private static final int HEADER = 1;
  private static final List<String> COLUMNS =
      List.of(
          "sku", "name", "description", "category", "price_amount", "price_currency", "on_hand");

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern FRACTION = Pattern.compile("[-+]?[0-9]*[.,][0-9]+");

  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<String> skus = new HashSet<>();
  private final List<ImportRow> rows = new ArrayList<>();
  private final RowErrors errors = new RowErrors();

  private ImportSheet() {}

  /**
   * The rows of a file.
   *
   * @throws BadRows with each bad cell
   */
  public static List<ImportRow> read(InputStream file) {
    var sheet = new ImportSheet();
    CsvFile.read(file, sheet::take);
    sheet.errors.refuse();
    if (sheet.rows.isEmpty()) {
      throw BadRows.of(0, "must have a header and at least one row below it");
    }
    return sheet.rows;
  }

  private void take(int number, List<String> cells) {
    if (columns.isEmpty()) {
      header(cells);
    } else if (number > MAX_ROWS + HEADER) {
      throw BadRows.of(0, "must be at most " + MAX_ROWS);
    } else if (cells.size() == columns.size()) {
      row(number, cells);
    } else {
      errors.add(
          number,
          "",
          "has "
              + cells.size()
              + " columns; the header has "
              + columns.size()
              + (cells.size() > columns.size()
                  ? "; a cell that has a separator in it stands in quotes"
                  : ""));
    }
  }

  private void header(List<String> cells) {
    if (cells.size() == 1) {
      throw BadRows.of(HEADER, "is one column; commas, semicolons or tabs stand between columns");
    }
    for (int i = 0; i < cells.size(); i++) {
      var name = Folding.of(cells.get(i));
      if (!COLUMNS.contains(name)) {
        errors.add(HEADER, Integer.toString(i), "is not a known column");
      } else if (columns.put(name, i) != null) {
        errors.add(HEADER, name, "stands there twice");
      }
    }
    for (var column : COLUMNS) {
      if (!columns.containsKey(column)) {
        errors.add(HEADER, column, "is missing");
      }
    }
    errors.refuse();
  }

  private void row(int number, List<String> cells) {
    var amount = number(number, "price_amount", cells, Money.MAX);
    var onHand = number(number, "on_hand", cells, Stock.MAX);
    var price = new Money(amount.orElse(0), Text.line(cell("price_currency", cells)));
    var spec =
        new ProductSpec(
            cell("sku", cells),
            cell("name", cells),
            cell("description", cells),
            cell("category", cells),
            price);
    spec.flaws().forEach(flaw -> errors.add(number, column(flaw.field()), flaw.detail()));
    if (!skus.add(ProductSpec.skuKey(spec.sku()))) {
      errors.add(number, "sku", "stands in a row above already");
    }
    rows.add(new ImportRow(number, spec, onHand.orElse(0)));
  }

  /** The column of a field: that of price.amount is price_amount. */
  private static String column(String field) {
    return field.replace('.', '_');
  }

  private OptionalLong number(int row, String column, List<String> cells, long max) {
    var cell = Text.line(cell(column, cells));
    if (WHOLE.matcher(cell).matches() && Long.parseLong(cell) <= max) {
      return OptionalLong.of(Long.parseLong(cell));
    }
    errors.add(row, column, wrong(column, cell, max));
    return OptionalLong.empty();
  }

  private static String wrong(String column, String cell, long max) {
    if (column.equals("price_amount") && FRACTION.matcher(cell).matches()) {
      return "must be a whole number of the currency's smallest units: 1250 for 12.50";
    }
    return NUMBER.matcher(cell).matches()
        ? "must be between 0 and " + max
        : "must be a whole number";
  }

  private String cell(String column, List<String> cells) {
    return cells.get(columns.get(column));
  }
}
