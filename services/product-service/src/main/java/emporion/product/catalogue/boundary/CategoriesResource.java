package emporion.product.catalogue.boundary;

import emporion.chassis.http.Page;
import emporion.chassis.http.Representation;
import emporion.product.catalogue.control.Catalogue;
import emporion.product.catalogue.control.ProductRepository.CategoryCount;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;

/** The categories of what is published. */
@PermitAll
public abstract class CategoriesResource {
  private final Representation<CategoryCount> representation;
  @Inject private Catalogue catalogue;

  protected CategoriesResource(Representation<CategoryCount> representation) {
    this.representation = representation;
  }

  @GET
  public Page<Record> list() {
    return new Page<>(catalogue.categories(), null).map(representation::of);
  }
}
