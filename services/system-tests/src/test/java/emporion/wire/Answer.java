package emporion.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An answer as it stood on the wire.
 *
 * @param fields by name in lower case, which may be there several times
 */
record Answer(int status, String phrase, TreeMap<String, List<String>> fields, String content) {
  private static final Pattern LINE = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) ([ -~]+)");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([ -~\\x80-\\xff]*)");

  /** Reads the next answer that is no interim one, and not a byte of what comes behind it. */
  static Answer read(InputStream in, boolean toHead) throws IOException {
    var line = LINE.matcher(line(in));
    demand(line.matches(), "a status line", line);
    var fields = new TreeMap<String, List<String>>();
    for (var text = line(in); !text.isEmpty(); text = line(in)) {
      var field = FIELD.matcher(text);
      demand(field.matches(), "a field", text);
      fields
          .computeIfAbsent(field.group(1).toLowerCase(), name -> new ArrayList<>())
          .add(field.group(2).strip());
    }
    int status = Integer.parseInt(line.group(1));
    var head = new Answer(status, line.group(2), fields, "");
    if (status == 100) {
      return read(in, toHead);
    }
    boolean empty = toHead || status == 204 || status == 304;
    demand(status != 204 || head.one("content-length").isEmpty(), "no length of nothing", head);
    return new Answer(status, line.group(2), fields, empty ? "" : head.content(in));
  }

  private String content(InputStream in) throws IOException {
    if (fields.containsKey("transfer-encoding")) {
      demand(one("content-length").isEmpty(), "one length", this);
      var content = new StringBuilder();
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        content.append(text(in, size));
        demand(line(in).isEmpty(), "the end of a chunk", this);
      }
      while (!line(in).isEmpty()) {
        continue; // trailers
      }
      return content.toString();
    }
    demand(one("content-length").matches("[0-9]+"), "a length", this);
    return text(in, Integer.parseInt(one("content-length")));
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String text(InputStream in, int size) throws IOException {
    var bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("closed inside of the content");
    }
    return new String(bytes, ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException(line.size() == 0 ? "closed" : "closed inside of a line");
      }
      line.write(b);
    }
    var text = line.toString(ISO_8859_1);
    demand(text.endsWith("\r"), "CR LF", text);
    return text.substring(0, text.length() - 1);
  }

  private static void demand(boolean held, String what, Object where) {
    if (!held) {
      throw new IllegalStateException("not " + what + ": " + where);
    }
  }

  /** The only value of a field; empty where there is none. */
  String one(String name) {
    var all = fields.getOrDefault(name, List.of(""));
    demand(all.size() == 1, name + " once", this);
    return all.getFirst();
  }

  /** Whether the connection ends behind it. */
  boolean last() {
    return one("connection").equalsIgnoreCase("close");
  }
}
