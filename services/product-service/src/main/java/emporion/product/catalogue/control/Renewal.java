package emporion.product.catalogue.control;

import emporion.chassis.data.Database;
import emporion.product.catalogue.entity.ProductSpec;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;

/**
 * Gives products that an older version wrote the keys and the words of this one, before anybody is
 * served: they would not be found, nor stand where they belong.
 */
@ApplicationScoped
public class Renewal {
  private static final int BATCH = 500;

  private ProductRepository products;
  private WordRepository words;

  /** This bean as others see it: the transaction stands on its proxy. */
  private Renewal self;

  Renewal() {}

  @Inject
  Renewal(ProductRepository products, WordRepository words, Renewal self) {
    this.products = products;
    this.words = words;
    this.self = self;
  }

  void start(
      @Observes @Priority(Database.MIGRATED + 1) @Initialized(ApplicationScoped.class)
          Object start) {
    while (self.renew()) {}
  }

  /**
   * Renews some products, the oldest first: the first spelling of a category or a SKU counts.
   *
   * @return whether there are more
   */
  @Transactional
  public boolean renew() {
    var stale = products.stale(BATCH);
    var taken = products.skuKeys(stale.stream().map(it -> ProductSpec.skuKey(it.sku())).toList());
    var spellings = new HashMap<String, String>();
    for (var product : stale) {
      var spec = visible(product.spec());
      var category = spellings.computeIfAbsent(spec.category(), products::spelling);
      product.describe(spec.spelled(spec.sku(), category));
      if (taken.add(ProductSpec.skuKey(spec.sku()))) {
        product.claimSku();
      }
    }
    products.flush();
    words.index(stale);
    products.flushAndForget();
    return products.hasStale();
  }

  /** Once a text could be nothing but a no-break space. */
  private static ProductSpec visible(ProductSpec spec) {
    return new ProductSpec(
        spec.sku(),
        spec.name().isEmpty() ? spec.sku() : spec.name(),
        spec.description(),
        spec.category().isEmpty() ? spec.sku() : spec.category(),
        spec.price());
  }
}
