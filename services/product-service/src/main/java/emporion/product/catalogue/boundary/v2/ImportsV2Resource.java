package emporion.product.catalogue.boundary.v2;

import emporion.product.catalogue.boundary.ImportsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the path for files of products. */
@Path("/v2/products/imports")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ImportsV2Resource extends ImportsResource {}
