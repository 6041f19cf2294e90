package emporion.chassis.clients;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Makes a REST client call with the service's own identity:
 * {@code @RegisterProvider(AsService.class)} on its interface.
 */
public class AsService implements ClientRequestFilter, ClientResponseFilter {
  private static final String BEARER = "Bearer ";

  private final ServiceToken token = CDI.current().select(ServiceToken.class).get();

  @Override
  public void filter(ClientRequestContext request) {
    request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, BEARER + token.value());
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    if (response.getStatus() == 401) {
      token.refused(request.getHeaderString(HttpHeaders.AUTHORIZATION).substring(BEARER.length()));
    }
  }
}
