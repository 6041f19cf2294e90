package emporion.product.catalogue.entity;

import emporion.chassis.refusal.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** One product. Its id and its SKU never change. */
@Entity
@Table(name = "product")
public class Product {
  @Id private UUID id;
  private String sku;

  @Column(name = "sku_key")
  private String skuKey;

  private String name;

  @Column(name = "name_key")
  private String nameKey;

  private String description;
  private String category;

  @Column(name = "category_key")
  private String categoryKey;

  @Column(name = "price_amount")
  private long priceAmount;

  @Column(name = "price_currency")
  private String priceCurrency;

  @Enumerated(EnumType.STRING)
  private ProductStatus status;

  @Column(name = "search_text")
  private String searchText;

  @Column(name = "indexed_version")
  private Long indexedVersion;

  @Version private long version;

  protected Product() {}

  /**
   * A new product.
   *
   * @param spec one without problems
   * @param status DRAFT or PUBLISHED
   */
  public static Product of(UUID id, ProductSpec spec, ProductStatus status) {
    var product = new Product();
    product.id = id;
    product.sku = spec.sku();
    product.claimSku();
    product.status = status;
    product.write(spec);
    product.indexedVersion = 0L;
    return product;
  }

  /** Keeps its SKU, in whatever case, from other products. */
  public void claimSku() {
    skuKey = ProductSpec.skuKey(sku);
  }

  /** Takes over words and price of a specification without problems; the SKU stays. */
  public void describe(ProductSpec spec) {
    write(spec);
    turn();
  }

  /** Keys and words belong to the version that this change will have. */
  private void turn() {
    indexedVersion = version + 1;
  }

  private void write(ProductSpec spec) {
    name = spec.name();
    nameKey = ProductSpec.nameKey(name);
    description = spec.description();
    category = spec.category();
    categoryKey = ProductSpec.categoryKey(category);
    priceAmount = spec.price().amount();
    priceCurrency = spec.price().currency();
    searchText = SearchText.of(spec);
  }

  /**
   * Goes on to another status.
   *
   * @return false where it stood there already
   * @throws Refusal where there is no way from here to there
   */
  public boolean become(ProductStatus next) {
    if (status == next) {
      return false;
    }
    if (!status.canBecome(next)) {
      throw new Refusal(
          "illegal-transition",
          "The product can't become this now",
          "A product that is " + status.wire() + " can't become " + next.wire() + ".");
    }
    status = next;
    turn();
    return true;
  }

  /** What is said about it now. */
  public ProductSpec spec() {
    return new ProductSpec(sku, name, description, category, new Money(priceAmount, priceCurrency));
  }

  public UUID id() {
    return id;
  }

  public String sku() {
    return sku;
  }

  /** All that is searched of it, folded. */
  public String searchText() {
    return searchText;
  }

  public ProductStatus status() {
    return status;
  }

  public long version() {
    return version;
  }
}
