package emporion.chassis.helidon;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Tells whoever has sent a body of a type that is not read here which one is: {@code Accept} with
 * 415 (RFC 9110, section 15.5.16), or {@code Accept-Patch} (RFC 5789, section 2.2). JAX-RS does not
 * say what a path has that no method of it was chosen for.
 */
@Provider
public class AcceptedTypes implements ContainerResponseFilter {
  private static final int UNSUPPORTED = 415;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == UNSUPPORTED) {
      var patch = request.getMethod().equals(HttpMethod.PATCH);
      var types = accepted(request.getUriInfo(), request.getMethod());
      response.getHeaders().putSingle(patch ? "Accept-Patch" : HttpHeaders.ACCEPT, types);
    }
  }

  private static String accepted(UriInfo uri, String method) {
    return ((ExtendedUriInfo) uri)
        .getMatchedRuntimeResources().stream()
            .limit(1)
            .flatMap(resource -> resource.getResourceMethods().stream())
            .filter(candidate -> candidate.getHttpMethod().equals(method))
            .flatMap(candidate -> candidate.getConsumedTypes().stream())
            .map(MediaType::toString)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
  }
}
