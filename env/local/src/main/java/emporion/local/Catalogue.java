package emporion.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;

/** The products that an empty shop begins with. */
final class Catalogue {
  private static final Pattern EMPTY = Pattern.compile("\"items\"\\s*:\\s*\\[\\s*]");
  private static final Pattern TOKEN = Pattern.compile("\"access_token\" *: *\"([^\"]*)\"");
  private static final String FORM = "grant_type=password&username=%s&password=%s";

  private final Local local;
  private final Secrets secrets;

  Catalogue(Local local, Secrets secrets) {
    this.local = local;
    this.secrets = secrets;
  }

  /** Into an empty shop only. A shop without products is no reason to end it. */
  void fill() {
    try {
      var products = Http.get(local.gateway() + "/v1/products?limit=1");
      if (!products.isSuccess()) {
        Terminal.warn("The catalogue can't be read: " + products.body());
      } else if (EMPTY.matcher(products.body()).find()) {
        importProducts();
      }
    } catch (UncheckedIOException e) {
      Terminal.warn("The catalogue can't be read: " + e.getCause().getMessage());
    }
  }

  private void importProducts() {
    try {
      var file = Files.readAllBytes(local.place().local("seed/products.csv"));
      var answer =
          Http.post(
              local.gateway() + "/v1/products/imports",
              Map.of(
                  "Authorization", "Bearer " + token(),
                  "Content-Type", "text/csv",
                  "Idempotency-Key", "seed-1"),
              file);
      if (!answer.isSuccess()) {
        throw new Failure(answer.body());
      }
      long lines = new String(file, StandardCharsets.UTF_8).lines().count();
      Terminal.say("  %d products imported into the empty catalogue", lines - 1);
    } catch (IOException | UncheckedIOException | Failure e) {
      Terminal.warn(
          "The demo catalogue was not imported; the next start with an empty catalogue tries again:"
              + " "
              + e.getMessage());
    }
  }

  private String token() {
    var form = FORM.formatted(secrets.get("ADMIN_USERNAME"), secrets.get("ADMIN_PASSWORD"));
    var answer =
        Http.post(
            local.gateway() + "/token",
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            form.getBytes(StandardCharsets.UTF_8));
    var token = TOKEN.matcher(answer.body());
    if (!token.find()) {
      throw new Failure(answer.body());
    }
    return token.group(1);
  }
}
