package emporion.chassis.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.TreeSet;

/**
 * OPTIONS is answered {@code Allow} and nothing else, where Jersey describes its classes and
 * addresses; and a media type has no parameter that {@code Accept} has asked for and the answer has
 * not: all JSON is UTF-8.
 */
@Provider
public class Conventions implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getMethod().equals(HttpMethod.OPTIONS) && response.getStatus() == 200) {
      var allowed = new TreeSet<>(response.getAllowedMethods());
      response.setEntity(null);
      response.setStatus(204);
      response.getHeaders().clear();
      response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", allowed));
    }
    var type = response.getMediaType();
    if (type != null && !type.getParameters().isEmpty()) {
      response
          .getHeaders()
          .putSingle(HttpHeaders.CONTENT_TYPE, new MediaType(type.getType(), type.getSubtype()));
    }
  }
}
