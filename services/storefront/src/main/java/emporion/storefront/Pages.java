package emporion.storefront;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.regex.Pattern;

/**
 * Reads of the site, with validation by tag (RFC 9110, section 13). A refusal without a content
 * gets one from the server: a problem document.
 *
 * <p>Names of files do not change between releases, so a browser keeps what it has and always asks
 * whether it still holds: no release is ever mixed with the one before it.
 */
final class Pages implements Handler {

  private static final Header ALLOW = HeaderValues.createCached("Allow", "GET, HEAD, OPTIONS");
  private static final Header ASK_AGAIN = HeaderValues.createCached("Cache-Control", "no-cache");
  private static final Header VARY = HeaderValues.createCached("Vary", "Accept-Encoding");
  private static final Header GZIP = HeaderValues.createCached("Content-Encoding", "gzip");
  private static final Pattern TAKES_GZIP =
      Pattern.compile("(^|,)\\s*(gzip|\\*)\\s*(;\\s*q=(1|0\\.\\d*[1-9]).*)?(,|$)");

  private final Site site;

  Pages(Site site) {
    this.site = site;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Method method = request.prologue().method();
    if (method.equals(Method.OPTIONS)) {
      response.status(Status.NO_CONTENT_204).header(ALLOW).send();
      return;
    }
    if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
      response.status(Status.METHOD_NOT_ALLOWED_405).header(ALLOW).send();
      return;
    }
    site.at(request.path().path())
        .ifPresentOrElse(
            asset -> answer(asset, request, response),
            () -> answerNotFound(request, response.status(Status.NOT_FOUND_404)));
  }

  /** Who asks for no page, because they have mistyped a path of the API, gets a problem. */
  private void answerNotFound(ServerRequest request, ServerResponse response) {
    if (value(request, HeaderNames.ACCEPT).contains("text/html")) {
      send(site.notFound(), request, response);
    } else {
      response.send();
    }
  }

  private static void answer(Asset asset, ServerRequest request, ServerResponse response) {
    Asset.Body body = body(asset, request);
    response.header(HeaderNames.ETAG, body.etag());
    if (isKnown(body.etag(), request)) {
      response.header(ASK_AGAIN).header(VARY).status(Status.NOT_MODIFIED_304).send();
      return;
    }
    send(asset, request, response);
  }

  private static void send(Asset asset, ServerRequest request, ServerResponse response) {
    Asset.Body body = body(asset, request);
    if (body == asset.gzip()) {
      response.header(GZIP);
    }
    response.header(VARY).header(ASK_AGAIN).header(HeaderNames.CONTENT_TYPE, asset.mediaType());
    response.send(body.bytes());
  }

  private static Asset.Body body(Asset asset, ServerRequest request) {
    return TAKES_GZIP.matcher(value(request, HeaderNames.ACCEPT_ENCODING)).find()
        ? asset.gzip()
        : asset.plain();
  }

  private static boolean isKnown(String etag, ServerRequest request) {
    String known = value(request, HeaderNames.IF_NONE_MATCH);
    return known.equals("*") || known.contains(etag);
  }

  private static String value(ServerRequest request, HeaderName name) {
    return request.headers().contains(name)
        ? String.join(",", request.headers().get(name).allValues())
        : "";
  }
}
