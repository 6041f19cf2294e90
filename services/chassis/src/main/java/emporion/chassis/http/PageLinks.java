package emporion.chassis.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Says the next page in a {@code Link} header (RFC 8288) too, for clients that follow links. */
@Provider
public class PageLinks implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Page<?>(var items, var next) && next != null) {
      var uri =
          request.getUriInfo().getRequestUriBuilder().replaceQueryParam("cursor", next).build();
      var relative = uri.getRawPath() + "?" + uri.getRawQuery();
      response.getHeaders().add(HttpHeaders.LINK, "<" + relative + ">; rel=\"next\"");
    }
  }
}
