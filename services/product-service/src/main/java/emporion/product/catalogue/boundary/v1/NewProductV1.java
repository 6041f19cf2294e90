package emporion.product.catalogue.boundary.v1;

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
 * @param onHand 0 where it is absent
 */
public record NewProductV1(
    @NotNull String sku,
    @NotNull String name,
    String description,
    @NotNull String category,
    @NotNull @Valid Price price,
    String status,
    @Min(0) @Max(Stock.MAX) Long onHand)
    implements NewProductRequest {
  @Override
  public NewProduct toNewProduct() {
    var spec = new ProductSpec(sku, name, description, category, price.toMoney());
    return NewProduct.of(spec, status, onHand);
  }
}
