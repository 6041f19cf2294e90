package emporion.product.catalogue.boundary.v1;

import emporion.product.catalogue.control.ProductRepository.CategoryCount;

/** A category as version 1 shows it, with the number of its published products. */
public record CategoryV1(String name, long products) {
  static CategoryV1 from(CategoryCount category) {
    return new CategoryV1(category.name(), category.products());
  }
}
