package emporion.product.catalogue.entity;

import emporion.chassis.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What somebody says about a product, stripped of blanks around it; not yet known to hold.
 *
 * @param description empty where nothing was said
 */
public record ProductSpec(
    String sku, String name, String description, String category, Money price) {
  private static final int MAX_NAME = 200;
  private static final int MAX_DESCRIPTION = 4_000;
  private static final int MAX_CATEGORY = 100;
  private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern LINE = Pattern.compile("[^\\p{Cc}\\p{Cs}]*");
  private static final Pattern TEXT = Pattern.compile("(?:[^\\p{Cc}\\p{Cs}]|[\\t\\r\\n])*+");

  public ProductSpec {
    sku = sku == null ? "" : sku.strip();
    name = name == null ? "" : name.strip();
    description = description == null ? "" : description.strip();
    category = category == null ? "" : category.strip();
  }

  /** What does not hold, with the path of each field in JSON: {@code /price/amount}. */
  public List<FieldError> problems() {
    var problems = new ArrayList<FieldError>();
    if (!SKU.matcher(sku).matches()) {
      problems.add(
          new FieldError("/sku", "must have 1 to 64 letters, digits and ._- and begin with one"));
    }
    line(problems, "/name", name, MAX_NAME);
    line(problems, "/category", category, MAX_CATEGORY);
    if (description.length() > MAX_DESCRIPTION || !TEXT.matcher(description).matches()) {
      problems.add(new FieldError("/description", "must be text of at most 4000 characters"));
    }
    if (!price.amountHolds()) {
      problems.add(new FieldError("/price/amount", "must be between 0 and " + Money.MAX));
    }
    if (!price.currencyHolds()) {
      problems.add(new FieldError("/price/currency", "must be a currency of ISO 4217, like EUR"));
    }
    return problems;
  }

  private static void line(List<FieldError> problems, String field, String value, int max) {
    if (value.isEmpty() || value.length() > max || !LINE.matcher(value).matches()) {
      problems.add(new FieldError(field, "must be one line of 1 to " + max + " characters"));
    }
  }
}
