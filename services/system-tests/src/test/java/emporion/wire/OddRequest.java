package emporion.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;

/**
 * A request as no well-behaved client sends it, though some of them may be legal.
 *
 * @param text each character a byte
 * @param unclear whether nobody can tell where it ends
 */
record OddRequest(String text, boolean unclear) {
  private static final List<String> METHODS =
      List.of(
          "GET",
          "GET",
          "GET",
          "HEAD",
          "POST",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "BREW",
          "get",
          "M-SEARCH",
          "PRI",
          "x".repeat(300));

  private static final List<String> BEHIND_PATHS =
      List.of(
          "",
          "",
          "",
          "",
          "/",
          "//",
          "/../",
          "/.",
          "/%2e%2e/",
          ";a=b",
          "%",
          "%00",
          "%2F",
          "%zz",
          "%ff",
          "%c0%ae",
          "|",
          "{",
          "[",
          "^",
          "\\",
          "`",
          "\"",
          "<",
          "\u00c3\u00a9",
          "\u00e9",
          "#a",
          "%5c",
          "%0d%0aX:y",
          "/" + "a".repeat(2_000),
          "/" + "a".repeat(9_000));

  private static final List<String> QUERIES =
      List.of(
          "",
          "",
          "",
          "?",
          "?q=100%",
          "?q=a|b",
          "?q={a",
          "?q[]=a",
          "?q=%00",
          "?q=%zz",
          "?q=%ff",
          "?q=\u00c3\u00a9",
          "?q=\u00e9",
          "?limit=\u00d9\u00a1",
          "?limit=0",
          "?limit=1&limit=2",
          "?limit=9999999999",
          "?cursor=%ff",
          "?cursor=x",
          "?&&=",
          "??",
          "?q=%ed%a0%80",
          "?q=a#b",
          "?sort=x",
          "?min_price=1e400",
          "?from=+10000-01-01",
          "?" + "a=b&".repeat(300));

  private static final List<String> HOSTS =
      List.of(
          "Host: shop\r\n",
          "Host: shop\r\n",
          "Host: shop\r\n",
          "Host: shop\r\n",
          "Host: [::1]:80\r\n",
          "host:shop:8080\r\n",
          "",
          "Host:\r\n",
          "Host: a b\r\n",
          "Host: a@b\r\n",
          "Host: a/b\r\n",
          "Host: \u00ff\r\n",
          "Host: shop\r\nHost: shop\r\n");

  private static final List<String> VERSIONS =
      List.of(
          "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "x");

  private static final List<String> FIELDS =
      List.of(
          "Accept: */*",
          "Accept: application/json;q=2",
          "Accept: foo",
          "Accept: image/png",
          "Accept:",
          "Accept: \u00ff",
          "Accept: application/json;charset=utf-16",
          "Accept: text/html",
          "Accept-Charset: utf-16",
          "Accept-Encoding: identity;q=0",
          "Accept-Language: \u00e9",
          "Authorization:",
          "Authorization: foo",
          "Authorization: Bearer",
          "Authorization: Bearer x",
          "Authorization: Basic !",
          "Authorization: Basic \u00ff",
          "Authorization: Basic YTpi",
          "Connection: close",
          "Connection: x, ,y",
          "Connection: keep-alive",
          "Content-Encoding: gzip",
          "Content-Encoding:",
          "Content-Language: \u00ff",
          "Content-Type: foo",
          "Content-Type: a/b;c",
          "Content-Type: application/json",
          "Cookie: \u00ff",
          "Expect: 100-continue",
          "Expect: x",
          "Forwarded: \u00ff",
          "Idempotency-Key:",
          "Idempotency-Key: \u00ff",
          "Idempotency-Key: abcdefgh",
          "Idempotency-Key: " + "a".repeat(3_000),
          "If-Match:",
          "If-Match: x",
          "If-Match: *",
          "If-Match: \"x",
          "If-Match: *, \"x\"",
          "If-Match: \u00ff",
          "If-Modified-Since: x",
          "If-None-Match: x",
          "If-None-Match: *",
          "If-None-Match: \"x\"",
          "If-Range: x",
          "If-Unmodified-Since: x",
          "Max-Forwards: 0",
          "Origin: null",
          "Origin: \u00ff",
          "Range: bytes=0-1",
          "Range: bytes=2-1",
          "Range: x",
          "TE: trailers",
          "traceparent: x",
          "Upgrade: x\r\nConnection: upgrade",
          "Upgrade: h2c\r\nConnection: upgrade",
          "Upgrade: websocket\r\nConnection: upgrade",
          "User-Agent:",
          "Via: \u00ff",
          "X-Forwarded-For: \u00ff",
          "X-Forwarded-Host: \"<",
          "X-Forwarded-Proto: x",
          "X: \u00e9",
          "X: " + "a".repeat(7_000),
          "X: " + "a".repeat(17_000),
          "X : a",
          " X: a",
          "X",
          ": a",
          "X: a\0b",
          "X: a\u007f",
          "X\u0080: a",
          "X: a\r\n b");

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json",
          "application/json",
          "application/json; charset=utf-16",
          "application/merge-patch+json",
          "application/x-www-form-urlencoded",
          "text/csv",
          "text/plain",
          "multipart/form-data",
          "*/*",
          "foo",
          "",
          "application/json, text/plain");

  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "null",
          "[]",
          "\"x\"",
          "1",
          "1e400",
          "true",
          "{",
          "{}{}",
          "[".repeat(5_000),
          "{\"a\":".repeat(2_000),
          "[".repeat(200) + "]".repeat(200),
          "{\"a\":1,\"a\":2}",
          "\u00ef\u00bb\u00bf{}",
          "\u00fe\u00ff\0{\0}",
          "{\"username\":\"\\ud800\"}",
          "{\"name\":\"\u00ed\u00a0\u0080\"}",
          "{\"name\":\"\u00e9\"}",
          "{\"items\":null}",
          "{\"items\":[null]}",
          "{\"items\":[{\"product_id\":1e400,\"quantity\":1e400}]}",
          "{\"lines\":[{}],\"payment\":[]}",
          "{\"amount\":1e400}",
          "{\"amount\":true}",
          "{\"amount\":{\"amount\":\"1\",\"currency\":1}}",
          "{\"email\":{}}",
          "{\"\":1}",
          "{\"name\":\"\\u0000\"}",
          "{\"a\":NaN}",
          "{\"a\":01}",
          "{\"a\":1,}",
          "{a:1}",
          "\0",
          "{\"a\":" + "1".repeat(5_000) + "}",
          "{\"username\":\"" + "a".repeat(100_000) + "\"}",
          "a=b",
          "=",
          "%zz=%zz",
          "username=%ff&password=%00",
          "username&password",
          "username=u&password=p&scope",
          "grant_type=foo",
          "sku;name\nx;y",
          "sku,name\n\"x");

  private static final List<String> CHUNKS =
      List.of(
          "zz\r\n", "-1\r\n\r\n", "2\n{}\n0\n\n", "2\r\n{}x\r\n0\r\n\r\n", "f".repeat(17) + "\r\n");

  static OddRequest to(List<String> paths, String token, Random chance) {
    var path = pick(chance, paths);
    var head =
        new StringBuilder(pick(chance, METHODS))
            .append(' ')
            .append(chance.nextInt(20) == 0 ? "http://shop" : "")
            .append(chance.nextInt(40) == 0 ? "*" : path + pick(chance, BEHIND_PATHS))
            .append(pick(chance, QUERIES))
            .append(' ')
            .append(pick(chance, VERSIONS))
            .append("\r\n")
            .append(pick(chance, HOSTS));
    if (chance.nextBoolean()) {
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    for (int i = chance.nextInt(3); i > 0; i--) {
      head.append(pick(chance, FIELDS)).append("\r\n");
    }
    return chance.nextBoolean()
        ? new OddRequest(head.append("\r\n").toString(), false)
        : withBody(head, chance);
  }

  private static OddRequest withBody(StringBuilder head, Random chance) {
    head.append("Content-Type: ").append(pick(chance, TYPES)).append("\r\n");
    var body = pick(chance, BODIES);
    int framing = chance.nextInt(12);
    if (framing == 0) {
      head.append("Transfer-Encoding: chunked\r\n\r\n").append(pick(chance, CHUNKS));
      return new OddRequest(head.toString(), true);
    }
    if (framing == 1) {
      var size = Integer.toHexString(body.length());
      head.append("Transfer-Encoding: Chunked\r\n\r\n");
      head.append(body.isEmpty() ? "" : size + " ;a=b\r\n" + body + "\r\n")
          .append("0\r\nX: y\r\n\r\n");
    } else if (framing == 2) {
      head.append("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    } else {
      head.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    }
    return new OddRequest(head.toString(), false);
  }

  private static String pick(Random chance, List<String> from) {
    return from.get(chance.nextInt(from.size()));
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  boolean isHead() {
    return text.startsWith("HEAD ");
  }

  /** For whoever reads of a fault: not all of what is long. */
  @Override
  public String toString() {
    var line = text.length() > 600 ? text.substring(0, 600) + "..." : text;
    return line.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
