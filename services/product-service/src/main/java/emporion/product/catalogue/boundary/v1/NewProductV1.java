package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.Query;
import emporion.chassis.problem.Problem;
import emporion.product.catalogue.entity.ProductSpec;
import emporion.product.catalogue.entity.ProductStatus;
import emporion.product.stock.entity.Stock;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Asks for a product.
 *
 * @param status draft or published; published where it is absent
 * @param onHand 0 where it is absent
 */
public record NewProductV1(
    @NotNull String sku,
    @NotNull String name,
    String description,
    @NotNull String category,
    @NotNull @Valid MoneyV1 price,
    String status,
    @Min(0) @Max(Stock.MAX) Long onHand) {

  ProductSpec spec() {
    return holding(new ProductSpec(sku, name, description, category, price.toMoney()));
  }

  static ProductSpec holding(ProductSpec spec) {
    var problems = spec.problems();
    if (!problems.isEmpty()) {
      throw Problem.invalid(problems);
    }
    return spec;
  }

  ProductStatus firstStatus() {
    var first = Query.oneOf("/status", status, ProductStatus.class).orElse(ProductStatus.PUBLISHED);
    if (first == ProductStatus.RETIRED) {
      throw Problem.invalid("/status", "must be one of draft, published");
    }
    return first;
  }

  long firstLevel() {
    return onHand == null ? 0 : onHand;
  }
}
