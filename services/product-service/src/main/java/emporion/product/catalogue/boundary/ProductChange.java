package emporion.product.catalogue.boundary;

import static java.util.Objects.requireNonNullElse;

import emporion.product.catalogue.entity.ProductSpec;
import jakarta.validation.Valid;

/** What shop keepers change of a product; what is absent stays as it is. */
public record ProductChange(String name, String description, String category, @Valid Price price) {
  ProductSpec onto(ProductSpec now) {
    return NewProduct.holding(
        new ProductSpec(
            now.sku(),
            requireNonNullElse(name, now.name()),
            requireNonNullElse(description, now.description()),
            requireNonNullElse(category, now.category()),
            price == null ? now.price() : price.toMoney()));
  }
}
