package emporion.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void nothingSetIsTheLocalDefault() {
    var settings = read(Map.of());
    assertTrue(settings.host().isLoopbackAddress() && settings.mailboxHost().isLoopbackAddress());
    assertEquals(5672, settings.port());
    assertEquals(9672, settings.healthPort());
    assertEquals(1025, settings.mailboxPort());
    assertEquals(Path.of("env/local/data/broker"), settings.data());
    assertEquals(Path.of("env/local/data/mailbox"), settings.mailbox());
    assertEquals("emporion", settings.passwordOrLocalDefault());
    assertTrue(settings.guestIsWelcome());
  }

  @Test
  void beyondLoopbackThereIsNoDefaultPasswordAndNoGuest() {
    var open = Map.of("EMPORION_BROKER_HOST", "0.0.0.0");
    assertThrows(StartFailure.class, () -> read(open));
    var blank = Map.of("EMPORION_BROKER_HOST", "0.0.0.0", "EMPORION_BROKER_PASSWORD", " ");
    assertThrows(StartFailure.class, () -> read(blank));
    var closed = Map.of("EMPORION_BROKER_HOST", "0.0.0.0", "EMPORION_BROKER_PASSWORD", "s3cret");
    assertFalse(read(closed).guestIsWelcome());
  }

  @Test
  void theGuestCanBeShutOut() {
    assertFalse(read(Map.of("EMPORION_BROKER_GUEST", "false")).guestIsWelcome());
  }

  @Test
  void aBadValueIsNamed() {
    for (var bad :
        Map.of(
                "EMPORION_BROKER_PORT", "65536",
                "EMPORION_MAILBOX_PORT", "smtp",
                "EMPORION_BROKER_HEALTH_PORT", "-1",
                "EMPORION_BROKER_GUEST", "yes",
                "EMPORION_MAILBOX_MAX_BYTES", "0",
                "EMPORION_BROKER_HOST", "no such host")
            .entrySet()) {
      var failure =
          assertThrows(StartFailure.class, () -> read(Map.of(bad.getKey(), bad.getValue())));
      assertTrue(failure.getMessage().startsWith(bad.getKey()), failure::getMessage);
    }
  }

  @Test
  void theEnvironmentIsReadAndAPropertyWins() {
    System.setProperty("emporion.broker.port", "4711");
    try {
      assertEquals(4711, Settings.read().port());
    } finally {
      System.clearProperty("emporion.broker.port");
    }
  }

  private static Settings read(Map<String, String> values) {
    return Settings.read(values::get);
  }
}
