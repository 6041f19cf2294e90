package emporion.product.catalogue.boundary;

import emporion.chassis.http.Query;
import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.product.catalogue.entity.ProductSpec;
import emporion.product.catalogue.entity.ProductSpec.Flaw;
import emporion.product.catalogue.entity.ProductStatus;

/**
 * A product that somebody asks for, known to hold.
 *
 * @param status DRAFT or PUBLISHED
 * @param onHand pieces on hand from the start
 */
public record NewProduct(ProductSpec spec, ProductStatus status, long onHand) {
  /**
   * Checks what was said.
   *
   * @param status its name in JSON; published where it is null
   * @param onHand 0 where it is null
   * @throws Problem 400 with a pointer for each field that does not hold
   */
  public static NewProduct of(ProductSpec spec, String status, Long onHand) {
    return new NewProduct(holding(spec), first(status), onHand == null ? 0 : onHand);
  }

  static ProductSpec holding(ProductSpec spec) {
    var flaws = spec.flaws();
    if (!flaws.isEmpty()) {
      throw Problem.invalid(flaws.stream().map(NewProduct::fieldError).toList());
    }
    return spec;
  }

  private static FieldError fieldError(Flaw flaw) {
    return new FieldError("/" + flaw.field().replace('.', '/'), flaw.detail());
  }

  private static ProductStatus first(String status) {
    var first = Query.oneOf("/status", status, ProductStatus.class).orElse(ProductStatus.PUBLISHED);
    if (first == ProductStatus.RETIRED) {
      throw Problem.invalid("/status", "must be one of draft, published");
    }
    return first;
  }
}
