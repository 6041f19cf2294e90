package emporion.storefront;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All files of the shop by the path that asks for them. Closed: what was not packed cannot be asked
 * for, so there is nothing to traverse and nothing to list.
 */
final class Site {

  private static final String ROOT = "/web";
  private static final String INDEX = "index.html";
  private static final String NOT_FOUND = "/404.html";

  private final Map<String, Asset> assets;
  private final Asset notFound;

  private Site(Map<String, Asset> assets) {
    this.notFound = assets.remove(NOT_FOUND);
    this.assets = Map.copyOf(assets);
  }

  /** The files that stand in {@code web/} on the class path, in a jar or in a folder. */
  static Site packed() {
    try {
      URI root = Site.class.getResource(ROOT).toURI();
      if (!"jar".equals(root.getScheme())) {
        return read(Path.of(root));
      }
      try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
        return read(jar.getPath(ROOT));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Site read(Path root) throws IOException {
    Map<String, Asset> assets = new HashMap<>();
    try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String path = "/" + root.relativize(file).toString().replace('\\', '/');
        assets.put(address(path), Asset.of(path, Files.readAllBytes(file)));
      }
    }
    assets.put("/docs", assets.get("/docs/"));
    assets.put("/openapi", assets.remove("/emporion.yaml"));
    return new Site(assets);
  }

  /** A page has one address: that of its folder. */
  private static String address(String path) {
    return path.endsWith("/" + INDEX) ? path.substring(0, path.length() - INDEX.length()) : path;
  }

  Optional<Asset> at(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  Asset notFound() {
    return notFound;
  }
}
