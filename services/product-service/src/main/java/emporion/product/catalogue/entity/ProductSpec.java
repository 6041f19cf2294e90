package emporion.product.catalogue.entity;

import emporion.chassis.text.Folding;
import emporion.chassis.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody says about a product, in the form in which text is kept; not yet known to hold.
 *
 * @param description empty where nothing was said
 */
public record ProductSpec(
    String sku, String name, String description, String category, Money price) {
  private static final int MAX_NAME = 200;
  private static final int MAX_DESCRIPTION = 4_000;
  private static final int MAX_CATEGORY = 100;
  private static final int MAX_KEY = 200;
  private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public ProductSpec {
    sku = sku == null ? "" : Text.line(sku);
    name = name == null ? "" : Text.line(name);
    description = description == null ? "" : Text.lines(description);
    category = category == null ? "" : Text.line(category);
  }

  /** What does not hold. */
  public List<Flaw> flaws() {
    var flaws = new ArrayList<Flaw>();
    if (!SKU.matcher(sku).matches()) {
      flaws.add(new Flaw("sku", "must have 1 to 64 letters, digits and ._- and begin with one"));
    }
    add(flaws, "name", Text.lineProblem(name, MAX_NAME));
    add(flaws, "category", Text.lineProblem(category, MAX_CATEGORY));
    add(flaws, "description", Text.linesProblem(description, MAX_DESCRIPTION));
    if (!price.amountHolds()) {
      flaws.add(new Flaw("price.amount", "must be between 0 and " + Money.MAX));
    }
    if (!price.currencyHolds()) {
      flaws.add(new Flaw("price.currency", "must be a currency of ISO 4217, like EUR"));
    }
    return flaws;
  }

  private static void add(List<Flaw> flaws, String field, Optional<String> problem) {
    problem.ifPresent(detail -> flaws.add(new Flaw(field, detail)));
  }

  /**
   * What is wrong with a field.
   *
   * @param field its name; that of a part behind a dot: {@code price.amount}
   */
  public record Flaw(String field, String detail) {}

  /** The same with the SKU and the category as the catalogue spells them. */
  public ProductSpec spelled(String itsSku, String itsCategory) {
    return new ProductSpec(itsSku, name, description, itsCategory, price);
  }

  /** Equal for SKUs that count as one. */
  public static String skuKey(String sku) {
    return Folding.of(sku);
  }

  /** Equal for categories that count as one. */
  public static String categoryKey(String category) {
    return cut(Folding.of(category), MAX_KEY);
  }

  /** The place of a name in the order of names. */
  public static String nameKey(String name) {
    return cut(Folding.of(name), 2 * MAX_KEY);
  }

  /** Some ligatures are a sentence when they are unfolded. */
  private static String cut(String key, int max) {
    if (key.length() <= max) {
      return key;
    }
    return key.substring(0, Character.isHighSurrogate(key.charAt(max - 1)) ? max - 1 : max);
  }
}
