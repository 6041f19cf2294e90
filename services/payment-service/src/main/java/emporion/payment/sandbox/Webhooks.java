package emporion.payment.sandbox;

import emporion.chassis.data.Ids;
import emporion.chassis.json.Json;
import emporion.chassis.tls.Trust;
import emporion.payment.charges.control.PaymentProvider.ChargeAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends signed messages to the merchant about charges whose answer came late or was lost; a few
 * times, as networks do, until one is taken. Without a secret nothing is sent.
 */
@ApplicationScoped
class Webhooks {
  private static final Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final int TRIES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private HttpClient client;
  private URI merchant;
  private Optional<Signature> signature;

  Webhooks() {}

  @Inject
  Webhooks(
      @ConfigProperty(name = "emporion.sandbox.webhook.uri") URI merchant,
      @ConfigProperty(name = "emporion.sandbox.webhook.secret") Optional<String> secret) {
    this.merchant = merchant;
    client = HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(Trust.context()).build();
    this.signature = secret.map(Signature::new);
  }

  /** Tells the merchant that the card was charged; returns when it is told or given up. */
  void captured(String key, ChargeAnswer.Captured charge) {
    var message = Json.write(WebhookMessage.captured(Ids.next(), key, charge));
    signature.ifPresent(by -> send(message.getBytes(StandardCharsets.UTF_8), by));
  }

  private void send(byte[] body, Signature by) {
    try {
      tryToSend(body, by);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryToSend(byte[] body, Signature by) throws InterruptedException {
    for (int tries = 1; tries <= TRIES; tries++) {
      if (taken(body, by)) {
        return;
      }
      TimeUnit.SECONDS.sleep(tries);
    }
    LOG.log(Level.WARNING, "The sandbox has given up on a webhook to {0}", merchant);
  }

  private boolean taken(byte[] body, Signature by) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(merchant)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header(Signature.HEADER, by.of(body, Instant.now()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() < 300;
    } catch (IOException e) {
      return false;
    }
  }
}
