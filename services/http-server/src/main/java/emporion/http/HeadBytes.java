package emporion.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * What has come of a request's head, and perhaps of what follows it. Lines end with CRLF alone: who
 * takes a bare CR or LF for an end finds other fields than who does not.
 */
final class HeadBytes {
  /** Empty lines before a request are passed over (RFC 9112, section 2.2), but not for ever. */
  private static final int MOST_BEFORE = 16;

  private static final byte[] HEAD = "HEAD ".getBytes(ISO_8859_1);

  private final Protocol protocol;
  private byte[] bytes = new byte[0];
  private int size;
  private int scanned;
  private int begin;
  private int lineBegin;
  private int fieldsBegin = -1;
  private int end = -1;
  private boolean lineSeen;

  HeadBytes(Protocol protocol) {
    this.protocol = protocol;
  }

  void add(byte[] more) {
    if (size + more.length > bytes.length) {
      bytes = size == 0 ? more : Arrays.copyOf(bytes, 2 * (size + more.length));
    }
    if (bytes != more) {
      System.arraycopy(more, 0, bytes, size, more.length);
    }
    size += more.length;
    scan();
    if (!complete()) {
      demandRequest();
    }
  }

  /** Who speaks something else, TLS perhaps, is told so at once, and not when time is up. */
  private void demandRequest() {
    if (fieldsBegin >= 0 && !lineSeen) {
      RequestHead.line(new String(bytes, begin, fieldsBegin - 2 - begin, ISO_8859_1));
      lineSeen = true;
    }
    for (int i = begin; !lineSeen && i < size && bytes[i] != ' ' && bytes[i] != '\r'; i++) {
      if (!Fields.isToken((char) (bytes[i] & 0xff))) {
        throw RequestError.malformed(RequestHead.NO_REQUEST).exception();
      }
    }
  }

  /** Whether the method is HEAD, also where the rest can't be read. */
  boolean isHead() {
    return size - begin >= HEAD.length
        && Arrays.equals(bytes, begin, begin + HEAD.length, HEAD, 0, HEAD.length);
  }

  boolean complete() {
    return end >= 0;
  }

  /** The lines of the head, without the empty one. */
  String text() {
    return new String(bytes, begin, end - begin, ISO_8859_1);
  }

  /** Another head, and what has come behind this one. */
  byte[] behind(String head) {
    var first = head.getBytes(ISO_8859_1);
    int rest = end + 2;
    var all = Arrays.copyOf(first, first.length + size - rest);
    System.arraycopy(bytes, rest, all, first.length, size - rest);
    return all;
  }

  private void scan() {
    for (; scanned < size && end < 0; scanned++) {
      bound();
      if (bytes[scanned] == '\r') {
        if (scanned + 1 == size) {
          return;
        }
        line();
      } else if (bytes[scanned] == '\n') {
        throw bareLineEnd();
      }
    }
  }

  private void line() {
    if (bytes[scanned + 1] != '\n') {
      throw bareLineEnd();
    }
    boolean empty = scanned == lineBegin;
    lineBegin = scanned + 2;
    if (empty && fieldsBegin >= 0) {
      end = scanned;
    } else if (empty) {
      begin = lineBegin;
    } else if (fieldsBegin < 0) {
      fieldsBegin = lineBegin;
    }
    scanned++;
  }

  private void bound() {
    if (begin > MOST_BEFORE) {
      throw RequestError.malformed("There is no request, but many empty lines.").exception();
    }
    if (fieldsBegin < 0 && scanned - begin >= protocol.maxLine()) {
      throw RequestError.LONG_TARGET.exception();
    }
    if (fieldsBegin >= 0 && scanned - fieldsBegin >= protocol.maxFields()) {
      throw RequestError.LONG_FIELDS.exception();
    }
  }

  private static RuntimeException bareLineEnd() {
    return RequestError.malformed("A line does not end with CR LF.").exception();
  }
}
