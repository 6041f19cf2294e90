package emporion.product.catalogue.control;

import emporion.chassis.http.Cursor;
import emporion.chassis.problem.Problem;
import emporion.product.catalogue.entity.Offer;
import emporion.product.catalogue.entity.SearchText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The orders of the list. Each ends with the id, so that no two products stand at the same place
 * and a page can begin behind any of them.
 */
public enum ListOrder {
  NAME("name", "p.nameKey", true),
  NAME_DOWN("-name", "p.nameKey", false),
  PRICE("price", "p.priceAmount", true),
  PRICE_DOWN("-price", "p.priceAmount", false),
  NEWEST("newest", null, false);

  private final String wire;
  private final String column;
  private final boolean ascending;

  ListOrder(String wire, String column, boolean ascending) {
    this.wire = wire;
    this.column = column;
    this.ascending = ascending;
  }

  /**
   * The order by its name in a query; by name where nothing is said.
   *
   * @throws Problem 400 for any other name
   */
  public static ListOrder of(String value) {
    if (value == null || value.isEmpty()) {
      return NAME;
    }
    return Arrays.stream(values())
        .filter(order -> order.wire.equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.invalid(
                    "sort",
                    "must be one of "
                        + Arrays.stream(values())
                            .map(order -> order.wire)
                            .collect(Collectors.joining(", "))));
  }

  String orderBy() {
    var way = ascending ? " asc" : " desc";
    return (column == null ? "" : column + way + ", ") + "p.id" + way;
  }

  /** What holds behind a place; in this form an index on the order's columns serves it. */
  String behind() {
    var way = ascending ? ">" : "<";
    return column == null
        ? "p.id < :seenId"
        : column
            + way
            + "= :seenKey and ("
            + column
            + way
            + " :seenKey or p.id "
            + way
            + " :seenId)";
  }

  /** The place of an offer in the list of this query. */
  Cursor place(ProductQuery query, Offer offer) {
    return Cursor.of(mark(query), key(offer), offer.id());
  }

  private Object key(Offer offer) {
    return switch (this) {
      case NAME, NAME_DOWN -> SearchText.of(offer.name());
      case PRICE, PRICE_DOWN -> offer.priceAmount();
      case NEWEST -> "";
    };
  }

  /**
   * The parameters of {@link #behind}.
   *
   * @throws Problem 400 for the place of another list
   */
  Map<String, Object> seen(ProductQuery query, Cursor place) {
    var parts = place.parts();
    if (!parts.getFirst().equals(mark(query)) || parts.get(1).indexOf('\u0000') >= 0) {
      throw foreign();
    }
    try {
      var id = UUID.fromString(parts.get(2));
      return switch (this) {
        case NAME, NAME_DOWN -> Map.of("seenKey", parts.get(1), "seenId", id);
        case PRICE, PRICE_DOWN -> Map.of("seenKey", Long.parseLong(parts.get(1)), "seenId", id);
        case NEWEST -> Map.of("seenId", id);
      };
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  /** The same for the same filter in each process: lists differ, and a cursor belongs to one. */
  private String mark(ProductQuery query) {
    var said =
        String.join(
            "\u001f",
            wire,
            String.join(" ", query.words()),
            query.category().orElse(""),
            text(query.minPrice()),
            text(query.maxPrice()),
            query.status().wire());
    return String.format(Locale.ROOT, "%08x", said.hashCode());
  }

  private static String text(Optional<Long> number) {
    return number.map(Object::toString).orElse("");
  }

  private static Problem foreign() {
    return Problem.invalid("cursor", "is not a cursor of this list");
  }
}
