package emporion.storefront;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * One file, plain and packed.
 *
 * <p>The tag is a digest of the content and not the file's time: in a reproducible build every file
 * has the same time, and a browser would keep yesterday's shop.
 */
record Asset(String mediaType, Body plain, Body gzip) {

  /**
   * What goes over the wire in one encoding.
   *
   * @param etag strong, quotes included; differs between encodings as RFC 9110, section 8.8.3
   *     demands
   */
  record Body(byte[] bytes, String etag) {}

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "yaml", "application/yaml", // RFC 9512
          "txt", "text/plain; charset=utf-8");

  /**
   * Fails for a kind of file that nobody has given a media type: better at the start than in a
   * browser.
   */
  static Asset of(String path, byte[] content) {
    String mediaType = MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (mediaType == null) {
      throw new IllegalStateException("No media type for " + path);
    }
    String digest = digest(content);
    return new Asset(
        mediaType,
        new Body(content, '"' + digest + '"'),
        new Body(zipped(content), '"' + digest + "-gzip\""));
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Packed once, sent often. */
  private static final class Tight extends GZIPOutputStream {
    Tight(OutputStream packed) throws IOException {
      super(packed);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static byte[] zipped(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new Tight(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
