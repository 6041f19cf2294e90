package emporion.local;

import java.util.HashMap;
import java.util.Map;

/** The environment that each service is given: what it needs to know, and no secret beyond that. */
final class Environments {
  private static final String CLIENTS = "EMPORION_CLIENTS_";

  private final Local local;
  private final Secrets secrets;
  private final Ports ports;

  Environments(Local local, Secrets secrets, Ports ports) {
    this.local = local;
    this.secrets = secrets;
    this.ports = ports;
  }

  /** For a service that listens on these ports. */
  Map<String, String> of(Service service, Map<String, Integer> listens, Choice choice) {
    var given = new HashMap<>(local.settings().environment(choice.instances()));
    listens.forEach((variable, port) -> given.put(variable, port.toString()));
    if (service.needs("broker")) {
      given.putAll(broker());
    }
    if (service.needs("database") && choice.onPostgres()) {
      given.put("EMPORION_DATABASE_USERNAME", service.database());
      given.put("EMPORION_DATABASE_PASSWORD", secrets.get(Secrets.ofDatabase(service)));
      given.put(
          "EMPORION_DATABASE_URL",
          "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.postgres(), service.database()));
    }
    if (choice.observed()) {
      given.putIfAbsent("OTEL_SDK_DISABLED", "false");
      given.putIfAbsent("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + ports.otlp());
    }
    if (service.equals(local.services().broker()) && choice.onRabbitMq()) {
      given.put("EMPORION_BROKER_EMBEDDED", "false");
    }
    if (service.needs("client")) {
      given.put("EMPORION_CLIENT_ID", service.name());
      given.put("EMPORION_CLIENT_SECRET", secrets.get(Secrets.ofClient(service)));
    }
    if (service.needs("issuer")) {
      secrets.allThatBegin(CLIENTS).forEach(given::put);
    }
    if (service.needs("links")) {
      given.put(Secrets.LINKS, secrets.get(Secrets.LINKS));
    }
    if (service.needs("seed")) {
      given.putAll(accounts());
    }
    return given;
  }

  /** For whoever speaks to the broker. */
  Map<String, String> broker() {
    return Map.of(
        "EMPORION_BROKER_URI",
        "amqp://127.0.0.1:" + ports.broker(),
        "EMPORION_BROKER_USERNAME",
        "emporion",
        Secrets.BROKER,
        secrets.get(Secrets.BROKER));
  }

  private Map<String, String> accounts() {
    return Map.of(
        "EMPORION_SEED_ADMIN_USERNAME", secrets.get("ADMIN_USERNAME"),
        "EMPORION_SEED_ADMIN_PASSWORD", secrets.get("ADMIN_PASSWORD"),
        "EMPORION_SEED_ADMIN_EMAIL", local.settings().text("LOCAL_ADMIN_EMAIL"),
        "EMPORION_SEED_SHOPPER_USERNAME", secrets.get("SHOPPER_USERNAME"),
        "EMPORION_SEED_SHOPPER_PASSWORD", secrets.get("SHOPPER_PASSWORD"),
        "EMPORION_SEED_SHOPPER_EMAIL", local.settings().text("LOCAL_SHOPPER_EMAIL"));
  }
}
