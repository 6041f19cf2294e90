package emporion.product.catalogue.entity;

import java.util.Locale;

/** Who sees a product: only shop keepers, everybody, and again only shop keepers. */
public enum ProductStatus {
  DRAFT,
  PUBLISHED,
  RETIRED;

  /** The legal ways on; a retired product may come back. */
  public boolean canBecome(ProductStatus next) {
    return switch (this) {
      case DRAFT, RETIRED -> next == PUBLISHED;
      case PUBLISHED -> next == RETIRED;
    };
  }

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
