package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Page;
import emporion.product.catalogue.control.Catalogue;
import emporion.product.catalogue.control.ProductRepository.CategoryCount;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The categories of what is published. */
@DeprecatedVersion
@Path("/v1/categories")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class CategoriesV1Resource {
  private Catalogue catalogue;

  CategoriesV1Resource() {}

  @Inject
  CategoriesV1Resource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GET
  public Page<CategoryV1> list() {
    return new Page<>(catalogue.categories().stream().map(CategoryV1::from).toList(), null);
  }

  /** A category as version 1 shows it, with the number of its published products. */
  public record CategoryV1(String name, long products) {
    static CategoryV1 from(CategoryCount category) {
      return new CategoryV1(category.name(), category.products());
    }
  }
}
