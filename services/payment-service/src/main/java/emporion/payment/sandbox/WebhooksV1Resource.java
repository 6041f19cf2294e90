package emporion.payment.sandbox;

import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import emporion.payment.charges.control.Charges;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the sandbox's messages arrive. Their signature is their only credential. */
@Path("/v1/webhooks/sandbox")
@ApplicationScoped
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
public class WebhooksV1Resource {
  private static final String SOURCE = "sandbox-webhook";

  private Charges charges;
  private Optional<Signature> signature;
  private Duration tolerance;

  WebhooksV1Resource() {}

  @Inject
  WebhooksV1Resource(
      Charges charges,
      @ConfigProperty(name = "emporion.sandbox.webhook.secret") Optional<String> secret,
      @ConfigProperty(name = "emporion.sandbox.webhook.tolerance") Duration tolerance) {
    this.charges = charges;
    this.signature = secret.map(Signature::new);
    this.tolerance = tolerance;
  }

  /**
   * Takes a message, once for each id: 204, also for one that is no news; 403 unless the signature
   * proves it, so without a secret always.
   */
  @POST
  public Response take(@HeaderParam(Signature.HEADER) String proof, byte[] body) {
    if (!signature.map(by -> by.proves(proof, body, Instant.now(), tolerance)).orElse(false)) {
      throw Problem.of(
          403,
          "bad-signature",
          "The signature does not prove the message",
          "Sign the body as it is sent, with the shared secret and the present time.");
    }
    var message = read(body);
    message
        .answer()
        .ifPresent(answer -> charges.learn(SOURCE, message.id(), message.key(), answer));
    return Response.noContent().build();
  }

  private static WebhookMessage read(byte[] body) {
    try {
      var message = Json.read(new String(body, StandardCharsets.UTF_8), WebhookMessage.class);
      if (message != null && message.complete()) {
        return message;
      }
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static Problem unreadable() {
    return Problem.invalid("", "is no message of the sandbox");
  }
}
