package emporion.product.catalogue.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.product.catalogue.boundary.ImportsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the path for files of products. */
@DeprecatedVersion
@Path("/v1/products/imports")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class ImportsV1Resource extends ImportsResource {}
