package emporion.chassis.http;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Leaves a relative {@code Location} as it is (RFC 9110, section 10.2.2), where Jersey would put
 * the host in front that the gateway called, and serves no description of the classes (WADL).
 */
@Provider
public class Locations implements Feature {
  private static final String SWITCH =
      "jersey.config.server.headers.location.relative.resolution.disabled";

  private static final String NO_WADL = "jersey.config.server.wadl.disableWadl";

  @Override
  public boolean configure(FeatureContext context) {
    context.property(SWITCH, true);
    context.property(NO_WADL, true);
    return true;
  }
}
