package emporion.payment.charges.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.payment.Till;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

/** Which card network takes the money is chosen by who runs the shop. */
class CardNetworkTest {
  private final Till till = new Till();

  private CardNetwork chosen(String name) {
    var providers = CDI.current().select(PaymentProvider.class, Any.Literal.INSTANCE);
    return new CardNetwork(providers, Optional.ofNullable(name));
  }

  @Test
  void withoutAChoiceNothingStarts() {
    assertEquals(200, till.service.management().get("/health").status());
    for (var name : new String[] {null, "sandbx"}) {
      var refused = assertThrows(IllegalStateException.class, () -> chosen(name));
      assertTrue(refused.getMessage().contains("EMPORION_PAYMENT_PROVIDER"), refused::toString);
    }
    assertTrue(chosen("sandbox").tokens().matcher("tok_visa").matches());
  }

  @Test
  void noSettingOfTheServiceItselfChooses() {
    for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
      if (source.getName().contains("microprofile-config.properties")) {
        assertFalse(source.getPropertyNames().contains("emporion.payment.provider"));
      }
    }
  }

  @Test
  void servicesAreToldWhatItsTokensLookLike() {
    var network = till.orders.get("/v1/card-network");
    assertEquals(200, network.status(), network::toString);
    assertTrue("tok_visa".matches(network.text("/token_pattern")), network::toString);
    assertFalse("tok_nobody".matches(network.text("/token_pattern")));
    assertFalse("xtok_visa".matches(network.text("/token_pattern")));
    assertEquals(403, till.admin.get("/v1/card-network").status());
    assertEquals(401, till.service.anonymous().get("/v1/card-network").status());
  }
}
