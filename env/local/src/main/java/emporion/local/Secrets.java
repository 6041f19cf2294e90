package emporion.local;

import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Passwords and the like: made once, kept in files that only their owner reads, and given to those
 * processes alone that need them, never by a command line.
 */
final class Secrets {
  static final String BROKER = "EMPORION_BROKER_PASSWORD";
  static final String LINKS = "EMPORION_RESET_KEY";
  static final String POSTGRES = "POSTGRES_PASSWORD";
  static final String COOKIE = "RABBITMQ_COOKIE";

  private static final String OURS = "secrets.env";
  private static final String YOURS = "credentials.env";
  private static final int BYTES = 12;

  private final Place place;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> values = new HashMap<>();

  /** Those that there are. */
  Secrets(Place place) {
    this.place = place;
    values.putAll(Pairs.read(place.data().resolve(OURS)));
    values.putAll(Pairs.read(place.data().resolve(YOURS)));
  }

  /** Makes what is missing of what every shop has. */
  void complete(Services services, Settings settings) {
    make(BROKER);
    keep(OURS, LINKS, random() + random());
    services.needing("client").forEach(service -> make(ofClient(service)));
    keep(YOURS, "ADMIN_USERNAME", settings.text("LOCAL_ADMIN_USERNAME"));
    keep(YOURS, "ADMIN_PASSWORD", random());
    keep(YOURS, "SHOPPER_USERNAME", settings.text("LOCAL_SHOPPER_USERNAME"));
    keep(YOURS, "SHOPPER_PASSWORD", random());
  }

  /** Makes a secret of this name, unless there is one. */
  void make(String name) {
    keep(OURS, name, random());
  }

  private void keep(String file, String name, String value) {
    if (values.putIfAbsent(name, value) == null) {
      Folders.writePrivately(
          place.data().resolve(file), name + "=" + value + "\n", StandardOpenOption.APPEND);
    }
  }

  private String random() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  Map<String, String> allThatBegin(String prefix) {
    var found = new HashMap<>(values);
    found.keySet().removeIf(name -> !name.startsWith(prefix));
    return found;
  }

  static String ofClient(Service service) {
    return "EMPORION_CLIENTS_%s_SECRET".formatted(service.asVariable());
  }

  static String ofDatabase(Service service) {
    return "POSTGRES_%s_PASSWORD".formatted(service.asVariable());
  }
}
