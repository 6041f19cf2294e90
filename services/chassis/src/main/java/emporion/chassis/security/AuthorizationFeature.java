package emporion.chassis.security;

import emporion.chassis.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Applies {@code @RolesAllowed} and {@code @PermitAll} (Jakarta Annotations 2.1, section 2.11;
 * method before class). Where neither stands, any authenticated caller may enter: forgetting an
 * annotation closes a path to strangers. OPTIONS is open: nothing of ours answers it.
 */
@Provider
public class AuthorizationFeature implements DynamicFeature {

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    var method = resource.getResourceMethod();
    var type = resource.getResourceClass();
    var roles = method.getAnnotation(RolesAllowed.class);
    if (roles == null && method.isAnnotationPresent(PermitAll.class)) {
      return;
    }
    if (roles == null) {
      roles = type.getAnnotation(RolesAllowed.class);
    }
    if (roles == null && type.isAnnotationPresent(PermitAll.class)) {
      return;
    }
    context.register(new Gate(roles == null ? List.of() : List.of(roles.value())));
  }

  @Priority(Priorities.AUTHORIZATION)
  private record Gate(List<String> roles) implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getMethod().equals(HttpMethod.OPTIONS)) {
        return; // which methods there are stands in the documents too
      }
      var security = request.getSecurityContext();
      if (security.getUserPrincipal() == null) {
        throw Problem.unauthenticated();
      }
      if (!roles.isEmpty() && roles.stream().noneMatch(security::isUserInRole)) {
        throw Problem.forbidden();
      }
    }
  }
}
