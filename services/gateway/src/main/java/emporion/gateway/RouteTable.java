package emporion.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which service a path leads to: the longest prefix that ends at a segment's end wins. A path of
 * the shape {@code /v1/...} is only ever matched by a prefix of its own, so that an unknown service
 * is missing instead of a page of the storefront.
 */
final class RouteTable {
  private final Entry[] entries;
  private final String[] hidden;

  /** A prefix without its last slash, and where it leads. */
  private record Entry(String prefix, Route route) {}

  /**
   * What was found.
   *
   * @param template the prefix as it is set, which no client has chosen
   */
  record Match(String template, Route route) {}

  RouteTable(List<Route> routes, List<String> hiddenPaths) {
    var all = new ArrayList<Entry>();
    for (var route : routes) {
      for (var path : route.paths()) {
        all.add(new Entry(path.endsWith("/") ? path.substring(0, path.length() - 1) : path, route));
      }
    }
    all.sort(Comparator.comparingInt((Entry entry) -> entry.prefix.length()).reversed());
    entries = all.toArray(Entry[]::new);
    hidden = hiddenPaths.toArray(String[]::new);
  }

  /** The route of a path that {@link Target} has let pass. */
  Optional<Match> find(String path) {
    for (var prefix : hidden) {
      if (covers(prefix, path)) {
        return Optional.empty();
      }
    }
    for (var entry : entries) {
      if (covers(entry.prefix, path)) {
        return entry.prefix.isEmpty() && versioned(path)
            ? Optional.empty()
            : Optional.of(new Match(entry.prefix.isEmpty() ? "/" : entry.prefix, entry.route));
      }
    }
    return Optional.empty();
  }

  /** Whether a prefix is a path itself, or the path follows it after a slash. */
  static boolean covers(String prefix, String path) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  private static boolean versioned(String path) {
    if (path.length() < 3 || path.charAt(1) != 'v') {
      return false;
    }
    int end = 2;
    while (end < path.length() && path.charAt(end) >= '0' && path.charAt(end) <= '9') {
      end++;
    }
    return end > 2 && (end == path.length() || path.charAt(end) == '/');
  }
}
