package emporion.chassis.helidon;

import emporion.chassis.discovery.Neighbours;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/** Lets each typed REST client call the instances of its service in turn. */
public class BalancedClients implements RestClientListener {
  @Override
  public void onNewClient(Class<?> client, RestClientBuilder builder) {
    builder.register(new BalancedConnector.Provider(Neighbours.configured()));
  }
}
