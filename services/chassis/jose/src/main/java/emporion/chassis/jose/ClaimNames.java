package emporion.chassis.jose;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an issuer says who somebody is. A claim is named by itself, or by the way to it through
 * objects, with slashes: {@code realm_access/roles}.
 *
 * @param name of the claim with the user's name
 * @param roles of the claim with the roles, a list of texts
 * @param implied a role of everybody who is not a service; empty for none
 */
public record ClaimNames(String name, String roles, Optional<String> implied) {
  /** As MicroProfile JWT 2.1 names them. */
  public static final ClaimNames STANDARD = new ClaimNames("upn", "groups", Optional.empty());

  private static final String SERVICE = "service";

  String name(JWTClaimsSet claims) {
    return claim(claims, name) instanceof String text ? text : null;
  }

  /** Whatever is no text is no role. */
  Set<String> roles(JWTClaimsSet claims) {
    var found = new HashSet<String>();
    if (claim(claims, roles) instanceof Collection<?> listed) {
      listed.forEach(
          role ->
              Optional.of(role)
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .ifPresent(found::add));
    }
    if (!found.contains(SERVICE)) {
      implied.ifPresent(found::add);
    }
    return Set.copyOf(found);
  }

  private static Object claim(JWTClaimsSet claims, String way) {
    Object here = claims.getClaims();
    for (var step : way.split("/")) {
      here = here instanceof Map<?, ?> object ? object.get(step) : null;
    }
    return here;
  }
}
