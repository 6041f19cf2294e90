package emporion.chassis.security;

import emporion.chassis.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Applies {@code @RolesAllowed}, {@code @PermitAll} and {@code @DenyAll} (Jakarta Annotations 2.1,
 * section 2.11: the method's before those of the class that declares it). Where none stands, nobody
 * may enter: forgetting one closes a path. OPTIONS is open: nothing of ours answers it.
 */
@Provider
public class AuthorizationFeature implements DynamicFeature {

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    var method = resource.getResourceMethod();
    var rule = rule(method).or(() -> rule(method.getDeclaringClass()));
    if (rule.filter(PermitAll.class::isInstance).isEmpty()) {
      context.register(
          new Gate(
              rule.filter(RolesAllowed.class::isInstance)
                  .map(roles -> List.of(((RolesAllowed) roles).value()))
                  .orElse(List.of())));
    }
  }

  private static Optional<Annotation> rule(AnnotatedElement place) {
    return Stream.of(place.getAnnotations())
        .filter(
            rule ->
                rule instanceof RolesAllowed
                    || rule instanceof PermitAll
                    || rule instanceof DenyAll)
        .findFirst();
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
      if (roles.stream().noneMatch(role -> has(security, role))) {
        throw Problem.forbidden();
      }
    }

    private static boolean has(SecurityContext security, String role) {
      return role.equals(Caller.SIGNED_IN) || security.isUserInRole(role);
    }
  }
}
