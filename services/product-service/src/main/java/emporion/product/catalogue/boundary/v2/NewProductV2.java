package emporion.product.catalogue.boundary.v2;

import emporion.product.catalogue.boundary.NewProduct;
import emporion.product.catalogue.boundary.NewProductRequest;
import emporion.product.catalogue.boundary.Price;
import emporion.product.catalogue.entity.ProductSpec;
import emporion.product.stock.entity.Stock;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * Asks for a product.
 *
 * @param status draft or published; published where it is absent
 * @param initialStock 0 where it is absent
 */
public record NewProductV2(
    @NotNull String sku,
    @NotNull String name,
    String description,
    @NotNull String category,
    @NotNull @Valid Price price,
    String status,
    @Min(0) @Max(Stock.MAX) Long initialStock)
    implements NewProductRequest {
  @Override
  public NewProduct toNewProduct() {
    var spec = new ProductSpec(sku, name, description, category, price.toMoney());
    return NewProduct.of(spec, status, initialStock);
  }
}
