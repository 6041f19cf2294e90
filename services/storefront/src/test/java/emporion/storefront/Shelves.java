package emporion.storefront;

import static java.util.stream.Collectors.joining;

import emporion.storefront.ShopApi.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@link ShopApi} sells, as product-service tells it. */
final class Shelves {
  static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\"><b>Rope</b>";

  /** How often it was asked what some products cost now. */
  final AtomicInteger lookUps = new AtomicInteger();

  private final Map<String, Product> products = catalogue();

  record Product(
      String id, String name, String category, long amount, String currency, int available) {

    String price() {
      return ShopApi.money(amount, currency);
    }

    String json() {
      return """
      {"product_id":%s,"sku":%s,"name":%s,"description":%s,"category":%s,"price":%s,
       "stock":{"available":%d,"state":"%s"},"status":"published"}\
      """
          .formatted(
              ShopApi.quoted(id),
              ShopApi.quoted(id),
              ShopApi.quoted(name),
              ShopApi.quoted(
                  "From the "
                      + category.toLowerCase(Locale.ROOT)
                      + " shelf, packed for the road and the sea."),
              ShopApi.quoted(category),
              price(),
              available,
              available == 0 ? "sold_out" : available < 10 ? "low" : "in_stock");
    }
  }

  void put(Product product) {
    products.put(product.id(), product);
  }

  /** As if a manager had set another price. */
  void reprice(String id, long amount) {
    var before = get(id);
    put(
        new Product(
            id, before.name(), before.category(), amount, before.currency(), before.available()));
  }

  /** As if others had bought. */
  void restock(String id, int available) {
    var before = get(id);
    put(
        new Product(
            id, before.name(), before.category(), before.amount(), before.currency(), available));
  }

  Product get(String id) {
    return products.get(id);
  }

  /** As if nothing were sold any more. */
  void clear() {
    products.clear();
  }

  Answer product(String id) {
    return Optional.ofNullable(products.get(id))
        .map(product -> Answer.json(200, product.json()))
        .orElseGet(
            () -> Answer.problem(404, "not-found", "Not found", "There is no such product.", "[]"));
  }

  Answer search(Map<String, String> query) {
    if (query.containsKey("ids")) {
      var asked = Set.of(query.get("ids").split(","));
      var items =
          products.values().stream().filter(product -> asked.contains(product.id())).toList();
      lookUps.incrementAndGet();
      return shelf(items, "");
    }
    Predicate<Product> wanted =
        product ->
            product.name().toLowerCase().contains(query.getOrDefault("search", "").toLowerCase())
                && (!query.containsKey("category")
                    || query.get("category").equals(product.category()));
    List<Product> found =
        products.values().stream()
            .filter(wanted)
            .sorted(order(query.getOrDefault("sort", "")))
            .toList();
    int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
    int to = Math.min(found.size(), from + Integer.parseInt(query.getOrDefault("limit", "24")));
    String next = to < found.size() ? ",\"next\":" + ShopApi.quoted(String.valueOf(to)) : "";
    return shelf(found.subList(from, to), next);
  }

  private static Answer shelf(List<Product> products, String next) {
    var items = products.stream().map(Product::json).collect(joining(","));
    return Answer.json(200, "{\"items\":[" + items + "]" + next + "}");
  }

  private static Comparator<Product> order(String sort) {
    return switch (sort) {
      case "name" -> Comparator.comparing(Product::name);
      case "price" -> Comparator.comparing(Product::amount);
      case "-price" -> Comparator.comparing(Product::amount).reversed();
      default -> Comparator.comparing(Product::id);
    };
  }

  Answer categories() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    products.values().forEach(product -> counts.merge(product.category(), 1, Integer::sum));
    String items =
        counts.entrySet().stream()
            .map(
                entry ->
                    "{\"name\":"
                        + ShopApi.quoted(entry.getKey())
                        + ",\"product_count\":"
                        + entry.getValue()
                        + "}")
            .collect(joining(","));
    return Answer.json(200, "{\"items\":[" + items + "]}");
  }

  private static Map<String, Product> catalogue() {
    String[] shelves = {"Pantry", "Ceramics", "Textiles", "Ship's chandlery", "Books & maps"};
    String[][] goods = {
      {
        "Thyme honey",
        "Olive oil, first press",
        "Dried figs",
        "Sea salt",
        "Oregano on the stem",
        "Aged vinegar",
        "Bay leaves"
      },
      {
        "Amphora, small",
        "Salt-glazed bowl",
        "Oil lamp",
        "Painted kylix",
        "Storage jar with lid",
        "Wine cup",
        "Tile, meander"
      },
      {
        "Linen sailcloth apron",
        "Wool blanket",
        "Striped towel",
        "Cotton tote",
        "Indigo scarf",
        "Felt slippers",
        "Net bag"
      },
      {
        "Hemp rope, 10 m",
        "Brass cleat",
        "Signal lantern",
        "Folding knife",
        "Canvas bucket",
        "Marlinspike",
        "Deck brush"
      },
      {
        "Periplus of the coasts",
        "Star chart",
        "Harbour log",
        "Pocket atlas",
        "Knots, illustrated",
        "Wind rose print",
        "Field notes"
      }
    };
    Stream<Product> plain =
        IntStream.range(0, 35)
            .mapToObj(
                i ->
                    new Product(
                        "p-%03d".formatted(i),
                        goods[i % 5][i / 5],
                        shelves[i % 5],
                        450 + (i * 7919L) % 9000,
                        "EUR",
                        i % 11 == 7 ? 0 : i % 6 == 4 ? 3 : 40));
    List<Product> all = new ArrayList<>(plain.toList());
    all.add(3, new Product("p-002x", HOSTILE, shelves[3], 1250, "EUR", 12));
    Map<String, Product> byId = new LinkedHashMap<>();
    all.forEach(product -> byId.put(product.id(), product));
    return byId;
  }
}
