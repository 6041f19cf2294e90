package emporion.http;

import io.helidon.http.Status;
import java.util.Map;

/** The reason phrases that IANA has registered; the server has older ones, or none. */
final class Phrases {
  private static final Map<Integer, String> OURS =
      Map.of(
          413, "Content Too Large",
          414, "URI Too Long",
          416, "Range Not Satisfiable",
          422, "Unprocessable Content",
          431, "Request Header Fields Too Large");

  private Phrases() {}

  static String of(int status) {
    var ours = OURS.get(status);
    return ours == null ? Status.create(status).reasonPhrase() : ours;
  }
}
