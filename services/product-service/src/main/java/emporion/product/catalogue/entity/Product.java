package emporion.product.catalogue.entity;

import emporion.chassis.problem.Problem;
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
  private String name;

  @Column(name = "name_key")
  private String nameKey;

  private String description;
  private String category;

  @Column(name = "price_amount")
  private long priceAmount;

  @Column(name = "price_currency")
  private String priceCurrency;

  @Enumerated(EnumType.STRING)
  private ProductStatus status;

  @Column(name = "search_text")
  private String searchText;

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
    product.status = status;
    product.describe(spec);
    return product;
  }

  /** Takes over words and price of a specification without problems; the SKU stays. */
  public void describe(ProductSpec spec) {
    name = spec.name();
    nameKey = SearchText.of(name);
    description = spec.description();
    category = spec.category();
    priceAmount = spec.price().amount();
    priceCurrency = spec.price().currency();
    searchText = SearchText.of(spec);
  }

  /**
   * Goes on to another status.
   *
   * @return false where it stood there already
   * @throws Problem 409 where there is no way from here to there
   */
  public boolean become(ProductStatus next) {
    if (status == next) {
      return false;
    }
    if (!status.canBecome(next)) {
      throw Problem.conflict(
          "illegal-transition",
          "The product can't become this now",
          "A product that is " + status.wire() + " can't become " + next.wire() + ".");
    }
    status = next;
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

  public ProductStatus status() {
    return status;
  }

  public long version() {
    return version;
  }
}
