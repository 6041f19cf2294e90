package emporion.product.catalogue.boundary.v2;

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
@Path("/v2/categories")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class CategoriesV2Resource {
  private Catalogue catalogue;

  CategoriesV2Resource() {}

  @Inject
  CategoriesV2Resource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GET
  public Page<CategoryV2> list() {
    return new Page<>(catalogue.categories().stream().map(CategoryV2::from).toList(), null);
  }

  /** A category as version 2 shows it, with the number of its published products. */
  public record CategoryV2(String name, long productCount) {
    static CategoryV2 from(CategoryCount category) {
      return new CategoryV2(category.name(), category.products());
    }
  }
}
