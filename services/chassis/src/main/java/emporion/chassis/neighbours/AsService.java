package emporion.chassis.neighbours;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Makes a REST client call with the service's own identity:
 * {@code @RegisterProvider(AsService.class)} on its interface.
 */
public class AsService implements ClientRequestFilter {
  private final ServiceToken token = CDI.current().select(ServiceToken.class).get();

  @Override
  public void filter(ClientRequestContext request) {
    request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token.value());
  }
}
