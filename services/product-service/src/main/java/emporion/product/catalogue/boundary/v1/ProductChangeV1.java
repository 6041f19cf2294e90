package emporion.product.catalogue.boundary.v1;

import static java.util.Objects.requireNonNullElse;

import emporion.product.catalogue.entity.ProductSpec;
import jakarta.validation.Valid;

/** What shop keepers change of a product; what is absent stays as it is. */
public record ProductChangeV1(
    String name, String description, String category, @Valid MoneyV1 price) {
  ProductSpec onto(ProductSpec now) {
    return NewProductV1.holding(
        new ProductSpec(
            now.sku(),
            requireNonNullElse(name, now.name()),
            requireNonNullElse(description, now.description()),
            requireNonNullElse(category, now.category()),
            price == null ? now.price() : price.toMoney()));
  }
}
