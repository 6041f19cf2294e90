package emporion.storefront;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/**
 * What a browser may do with our answers, on every one of them, errors included.
 *
 * <p>Trusted types forbid {@code innerHTML} with data at all: a page that tried would break in
 * every test instead of being a hole.
 */
final class BrowserRules implements Filter {

  private static final String OWN_FILES_ONLY =
      String.join(
          "; ",
          "default-src 'self'",
          "base-uri 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "object-src 'none'");

  private static final Header SHOP =
      policy("require-trusted-types-for 'script'", "trusted-types 'none'");

  /** Swagger UI writes styles and pictures into its page, and knows no trusted types. */
  private static final Header DOCS =
      policy("style-src 'self' 'unsafe-inline'", "img-src 'self' data:");

  private static final List<Header> RULES =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"),
          HeaderValues.createCached(
              "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"));

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header(request.prologue().uriPath().path().startsWith("/docs") ? DOCS : SHOP);
    RULES.forEach(response::header);
    chain.proceed();
  }

  private static Header policy(String... more) {
    return HeaderValues.createCached(
        "Content-Security-Policy", OWN_FILES_ONLY + "; " + String.join("; ", more));
  }
}
