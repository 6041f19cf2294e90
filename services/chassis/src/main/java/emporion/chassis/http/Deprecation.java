package emporion.chassis.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Announces the end of version 1: {@code Deprecation} (RFC 9745) since {@code
 * emporion.api.v1.deprecated}, {@code Sunset} (RFC 8594) at {@code emporion.api.v1.sunset}, and a
 * {@code Link} to the same path of version 2 (RFC 5829, {@code successor-version}). A time that is
 * not set is not announced; the version works on after both.
 */
@Provider
@DeprecatedVersion
@ApplicationScoped
public class Deprecation implements ContainerResponseFilter {
  private static final String FROM = "/v1/";
  private static final String TO = "/v2/";

  private Optional<String> deprecation = Optional.empty();
  private Optional<String> sunset = Optional.empty();

  Deprecation() {}

  @Inject
  Deprecation(
      @ConfigProperty(name = "emporion.api.v1.deprecated") Optional<Instant> deprecated,
      @ConfigProperty(name = "emporion.api.v1.sunset") Optional<Instant> end) {
    deprecation = deprecated.map(since -> "@" + since.getEpochSecond());
    sunset = end.map(Times::httpDate);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (deprecation.isEmpty() || response.getStatus() >= 300) {
      return;
    }
    var headers = response.getHeaders();
    headers.add("Deprecation", deprecation.get());
    sunset.ifPresent(end -> headers.add("Sunset", end));
    var path = request.getUriInfo().getRequestUri().getRawPath();
    if (path.startsWith(FROM)) {
      var successor = TO + path.substring(FROM.length());
      headers.add(HttpHeaders.LINK, "<" + successor + ">; rel=\"successor-version\"");
    }
  }
}
