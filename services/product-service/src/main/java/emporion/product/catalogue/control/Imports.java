package emporion.product.catalogue.control;

import emporion.chassis.data.Ids;
import emporion.chassis.messaging.Outbox;
import emporion.product.catalogue.entity.Product;
import emporion.product.catalogue.entity.ProductStatus;
import emporion.product.stock.control.StockLevels;
import emporion.product.stock.entity.AdjustmentReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes a whole file over, or nothing of it. Rows go to the database by the hundred; products that
 * exist are taken in the order of their ids, like in every other transaction that holds several.
 */
@ApplicationScoped
@Transactional
public class Imports {
  /** Bounds the size of a statement and that of an event. */
  private static final int CHUNK = 500;

  private ProductRepository products;
  private WordRepository words;
  private StockLevels levels;
  private Outbox outbox;

  Imports() {}

  @Inject
  Imports(ProductRepository products, WordRepository words, StockLevels levels, Outbox outbox) {
    this.products = products;
    this.words = words;
    this.levels = levels;
    this.outbox = outbox;
  }

  /**
   * Creates products with new SKUs, published, and brings the others to what the file says; the
   * status of those stays. Rows that change nothing are told to nobody.
   *
   * @throws BadRows for rows that want fewer on hand than are reserved
   * @throws emporion.chassis.refusal.Refusal where somebody made a product with one of the SKUs
   *     meanwhile
   */
  public Imported take(List<ImportRow> rows, String by) {
    var known = known(rows);
    var told = new Told(Ids.next(), outbox);
    var fresh = rows.stream().filter(row -> !known.containsKey(row.spec().sku())).toList();
    for (var chunk : chunks(fresh)) {
      create(chunk, by, told);
    }
    var errors = new RowErrors();
    for (var chunk : chunks(byId(rows, known))) {
      update(chunk, by, told, errors);
    }
    errors.refuse();
    return new Imported(fresh.size(), rows.size() - fresh.size(), rows.size());
  }

  private Map<String, UUID> known(List<ImportRow> rows) {
    var known = new HashMap<String, UUID>();
    for (var chunk : chunks(rows)) {
      known.putAll(products.known(chunk.stream().map(row -> row.spec().sku()).toList()));
    }
    return known;
  }

  private void create(List<ImportRow> rows, String by, Told told) {
    var spellings = spellings(rows);
    var created = new ArrayList<Product>();
    for (var row : rows) {
      var spec = row.spec().spelled(row.spec().sku(), spellings.get(row.spec().category()));
      var product = Product.of(Ids.next(), spec, ProductStatus.PUBLISHED);
      products.add(product);
      levels.open(product.id(), row.onHand(), AdjustmentReason.IMPORT, by);
      created.add(product);
    }
    products.flush();
    words.index(created);
    products.flushAndForget();
    told.record(created.stream().map(Product::id).toList(), List.of());
  }

  private void update(
      List<Map.Entry<UUID, ImportRow>> rows, String by, Told told, RowErrors errors) {
    var byId = rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    var changed = new LinkedHashSet<UUID>(described(byId));
    var onHand = new HashMap<UUID, Long>();
    byId.forEach((id, row) -> onHand.put(id, row.onHand()));
    var counted = levels.count(onHand, by);
    changed.addAll(counted.changed());
    counted
        .tooLow()
        .forEach(
            (id, reserved) ->
                errors.add(
                    byId.get(id).number(),
                    "on_hand",
                    "must not be below the " + reserved + " that are reserved"));
    products.flushAndForget();
    told.record(List.of(), List.copyOf(changed));
  }

  /** Brings products to what their rows say; the ids of those that said something else. */
  private List<UUID> described(Map<UUID, ImportRow> rows) {
    var spellings = spellings(rows.values());
    var described = new ArrayList<Product>();
    for (var product : products.locked(rows.keySet())) {
      var said = rows.get(product.id()).spec();
      var spec = said.spelled(product.sku(), spellings.get(said.category()));
      if (!spec.equals(product.spec())) {
        product.describe(spec);
        described.add(product);
      }
    }
    products.flush();
    words.index(described);
    return described.stream().map(Product::id).toList();
  }

  private Map<String, String> spellings(Collection<ImportRow> rows) {
    var spellings = new TreeMap<String, String>();
    rows.forEach(row -> spellings.put(row.spec().category(), ""));
    spellings.replaceAll((category, unknown) -> products.spelling(category));
    return spellings;
  }

  /** UUIDs sort in the database by their digits, as their text does. */
  private static List<Map.Entry<UUID, ImportRow>> byId(
      List<ImportRow> rows, Map<String, UUID> known) {
    var sorted = new TreeMap<String, Map.Entry<UUID, ImportRow>>();
    for (var row : rows) {
      var id = known.get(row.spec().sku());
      if (id != null) {
        sorted.put(id.toString(), Map.entry(id, row));
      }
    }
    return List.copyOf(sorted.values());
  }

  private static <T> List<List<T>> chunks(List<T> all) {
    var chunks = new ArrayList<List<T>>();
    for (int i = 0; i < all.size(); i += CHUNK) {
      chunks.add(all.subList(i, Math.min(i + CHUNK, all.size())));
    }
    return chunks;
  }

  /** An event for some hundreds of products, because one for each would be a statement for each. */
  private static final class Told {
    private final UUID importId;
    private final Outbox outbox;
    private int part;

    Told(UUID importId, Outbox outbox) {
      this.importId = importId;
      this.outbox = outbox;
    }

    void record(List<UUID> created, List<UUID> changed) {
      if (!created.isEmpty() || !changed.isEmpty()) {
        var data = new ProductsImported(importId, created, changed);
        outbox.record("products_imported", importId, part++, data);
      }
    }
  }

  record ProductsImported(UUID importId, List<UUID> created, List<UUID> changed) {}

  /** What came of a file. */
  public record Imported(int created, int updated, int rows) {}
}
