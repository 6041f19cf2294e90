package emporion.chassis.jose;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A token that has been verified, with its claims as MicroProfile JWT 2.1 names them. */
public final class VerifiedToken implements JsonWebToken {
  private final String compact;
  private final JWTClaimsSet claims;
  private final String name;
  private final Set<String> groups;
  private final long expires;

  VerifiedToken(String compact, JWTClaimsSet claims, ClaimNames names) throws ParseException {
    this.compact = compact;
    this.claims = claims;
    this.name = Objects.requireNonNullElse(names.name(claims), claims.getSubject());
    this.groups = names.roles(claims);
    this.expires = claims.getExpirationTime().toInstant().getEpochSecond();
  }

  boolean expiredAt(long epochSecond) {
    return expires <= epochSecond;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Set<String> getGroups() {
    return groups;
  }

  @Override
  public Set<String> getClaimNames() {
    return claims.getClaims().keySet();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T getClaim(String claim) {
    return "raw_token".equals(claim) ? (T) compact : (T) claims.getClaim(claim);
  }
}
