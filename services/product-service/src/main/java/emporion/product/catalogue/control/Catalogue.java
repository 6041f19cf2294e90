package emporion.product.catalogue.control;

import emporion.chassis.data.Ids;
import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.chassis.messaging.Outbox;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.product.adapter.grpc.ProductLookup;
import emporion.product.catalogue.entity.Money;
import emporion.product.catalogue.entity.Offer;
import emporion.product.catalogue.entity.Product;
import emporion.product.catalogue.entity.ProductSpec;
import emporion.product.catalogue.entity.ProductStatus;
import emporion.product.stock.control.StockLevels;
import emporion.product.stock.entity.AdjustmentReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What shoppers read and shop keepers do; each change leaves with the event that tells it. */
@ApplicationScoped
public class Catalogue {
  /** How many products are looked up at once, over whichever protocol. */
  public static final int MAX_IDS = ProductLookup.MAX_IDS;

  private ProductRepository products;
  private WordRepository words;
  private StockLevels levels;
  private Outbox outbox;

  Catalogue() {}

  @Inject
  Catalogue(ProductRepository products, WordRepository words, StockLevels levels, Outbox outbox) {
    this.products = products;
    this.words = words;
    this.levels = levels;
    this.outbox = outbox;
  }

  /**
   * A page of the list. Where nothing has the words that were said, those that are one slip of the
   * finger away from them are searched.
   *
   * @throws emporion.chassis.problem.Problem 400 for the cursor of another order or filter
   */
  public Page<Offer> list(ProductQuery query, ListOrder order, Optional<Cursor> after, int limit) {
    if (after.filter(place -> order.isGuessed(query, place)).isPresent()) {
      return page(query.guessed(words::near), order, after, limit);
    }
    var found = page(query, order, after, limit);
    return found.items().isEmpty() && after.isEmpty() && !query.words().isEmpty()
        ? page(query.guessed(words::near), order, after, limit)
        : found;
  }

  private Page<Offer> page(ProductQuery query, ListOrder order, Optional<Cursor> after, int limit) {
    return Page.of(
            products.list(query, order, after, limit), limit, listed -> order.place(query, listed))
        .map(Listed::offer);
  }

  /**
   * The published ones among these, in no order.
   *
   * @param ids at most {@value #MAX_IDS}
   */
  public List<Offer> published(Collection<UUID> ids) {
    return products.published(ids);
  }

  /** One product of any status. */
  public Optional<Offer> find(UUID id) {
    return products.find(id);
  }

  /** The categories of what is published, by name; at most a thousand. */
  public List<ProductRepository.CategoryCount> categories() {
    return products.categories();
  }

  /**
   * A new product and its first level.
   *
   * @param spec one without problems
   * @throws Refusal where the SKU is taken
   */
  @Transactional
  public Offer create(ProductSpec spec, ProductStatus status, long onHand, String by) {
    var product = Product.of(Ids.next(), spelled(spec), status);
    products.add(product);
    products.flush();
    words.index(List.of(product));
    var stock = levels.open(product.id(), onHand, AdjustmentReason.RECEIVED, by);
    tell("product_created", product);
    return Offer.of(product, stock);
  }

  /**
   * Changes words or price; what changes nothing is told to nobody.
   *
   * @param demand throws unless the caller has seen this offer
   * @param change gives a specification without problems
   * @throws Missing for an unknown id
   */
  @Transactional
  public Offer change(UUID id, Consumer<Offer> demand, UnaryOperator<ProductSpec> change) {
    var product = locked(id);
    demand.accept(offer(product));
    var next = spelled(change.apply(product.spec()));
    if (!next.equals(product.spec())) {
      product.describe(next);
      products.flush();
      words.index(List.of(product));
      tell("product_changed", product);
    }
    return offer(product);
  }

  private ProductSpec spelled(ProductSpec spec) {
    return spec.spelled(spec.sku(), products.spelling(spec.category()));
  }

  /**
   * Shows a draft or a retired product to everybody; doing it twice is no error.
   *
   * @throws Missing for an unknown id
   */
  @Transactional
  public Offer publish(UUID id) {
    return become(id, ProductStatus.PUBLISHED, "product_changed");
  }

  /**
   * Takes a product off the shelves; doing it twice is no error. What is reserved stays so.
   *
   * @throws Missing for an unknown id
   * @throws Refusal for a draft
   */
  @Transactional
  public Offer retire(UUID id) {
    return become(id, ProductStatus.RETIRED, "product_retired");
  }

  private Offer become(UUID id, ProductStatus next, String event) {
    var product = locked(id);
    if (product.become(next)) {
      products.flush();
      tell(event, product);
    }
    return offer(product);
  }

  private Product locked(UUID id) {
    return products.locked(id).orElseThrow(() -> new Missing("product"));
  }

  private Offer offer(Product product) {
    return Offer.of(product, levels.find(product.id()).orElseThrow());
  }

  private void tell(String type, Product product) {
    var spec = product.spec();
    var data =
        new ProductTold(
            product.id(),
            spec.sku(),
            spec.name(),
            spec.category(),
            spec.price(),
            product.status().wire());
    outbox.record(type, product.id(), levels.nextNews(product.id()), data);
  }

  record ProductTold(
      UUID productId, String sku, String name, String category, Money price, String status) {}
}
