package emporion.product.catalogue.boundary.v2;

import emporion.product.catalogue.control.ProductRepository.CategoryCount;

/** A category as version 2 shows it, with the number of its published products. */
public record CategoryV2(String name, long productCount) {
  static CategoryV2 from(CategoryCount category) {
    return new CategoryV2(category.name(), category.products());
  }
}
