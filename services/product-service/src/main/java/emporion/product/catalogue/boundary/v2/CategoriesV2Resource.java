package emporion.product.catalogue.boundary.v2;

import emporion.chassis.http.Representation;
import emporion.product.catalogue.boundary.CategoriesResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the categories' paths. */
@Path("/v2/categories")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class CategoriesV2Resource extends CategoriesResource {
  CategoriesV2Resource() {
    super(new Representation<>("v2", CategoryV2::from));
  }
}
