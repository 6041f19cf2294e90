package emporion.chassis.http;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Leaves a relative {@code Location} as it is (RFC 9110, section 10.2.2): Jersey would put the host
 * in front that the gateway called, which is none of the client's business.
 */
@Provider
public class Locations implements Feature {
  private static final String SWITCH =
      "jersey.config.server.headers.location.relative.resolution.disabled";

  @Override
  public boolean configure(FeatureContext context) {
    context.property(SWITCH, true);
    return true;
  }
}
