package emporion.product.catalogue.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/** A word that stands in a product, for queries. */
@Entity
@Table(name = "product_word")
public class ProductWord implements Serializable {
  @Id private String word;

  @Id
  @Column(name = "product_id")
  private UUID productId;

  protected ProductWord() {}
}
