package emporion.chassis.jose;

import emporion.chassis.problem.Problem;
import emporion.chassis.security.OpenToStaleTokens;
import emporion.chassis.tls.Trust;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Turns a bearer token (RFC 6750, section 2.1) into the request's caller. A request without one
 * stays anonymous; one with a bad one ends here with 401, on open paths too, unless these are
 * {@link OpenToStaleTokens}.
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String BEARER = "Bearer ";

  private TokenVerifier verifier;
  private RequestToken current;

  AuthenticationFilter() {}

  @Inject
  AuthenticationFilter(
      @ConfigProperty(name = "mp.jwt.verify.publickey.location") URI jwks,
      @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
      @ConfigProperty(name = "mp.jwt.verify.audiences") String audience,
      @ConfigProperty(name = "emporion.jwt.longest") Duration longest,
      @ConfigProperty(name = "emporion.jwt.name-claim") String nameClaim,
      @ConfigProperty(name = "emporion.jwt.roles-claim") String rolesClaim,
      @ConfigProperty(name = "emporion.jwt.implied-role") Optional<String> impliedRole,
      RequestToken current) {
    this.current = current;
    var names = new ClaimNames(nameClaim, rolesClaim, impliedRole);
    verifier =
        new TokenVerifier(
            jwks, issuer, audience, longest, names, Trust.authorities().map(Trust::context));
  }

  /** The verifier by this service's settings, for protocols other than HTTP. */
  public TokenVerifier verifier() {
    return verifier;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    current.end(); // that of another request on this connection, should its answer have failed
    var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return;
    }
    try {
      authenticate(request, header);
    } catch (Problem bad) {
      if (!isOpenToStaleTokens(request)) {
        throw bad;
      }
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    current.end();
  }

  private static boolean isOpenToStaleTokens(ContainerRequestContext request) {
    return request.getUriInfo().getMatchedResources().stream()
        .anyMatch(resource -> resource.getClass().isAnnotationPresent(OpenToStaleTokens.class));
  }

  private void authenticate(ContainerRequestContext request, String header) {
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Problem.unauthenticated();
    }
    var token = verifier.verify(header.substring(BEARER.length()).strip());
    current.begin(token);
    request.setSecurityContext(new TokenSecurity(token, request.getSecurityContext().isSecure()));
  }

  private record TokenSecurity(VerifiedToken token, boolean secure) implements SecurityContext {
    @Override
    public VerifiedToken getUserPrincipal() {
      return token;
    }

    @Override
    public boolean isUserInRole(String role) {
      return token.getGroups().contains(role);
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
