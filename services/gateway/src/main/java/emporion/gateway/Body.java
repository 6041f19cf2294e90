package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.helidon.common.buffers.DataReader;

/** A message's body, read piece by piece as it arrives and never held whole. */
final class Body {
  private static final int MAX_PIECE = 16_384;
  private static final int MAX_CHUNK_LINE = 256;
  private static final int MAX_TRAILER = 8_192;
  private static final int MAX_HEX_DIGITS = 8;

  private final DataReader reader;
  private final Framing.Kind kind;
  private final long limit;
  private long remaining;
  private long seen;
  private boolean ended;

  /** The sender broke the rules of framing; what follows can't be understood. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * The body that follows a head that has been read.
   *
   * @param limit of bytes; more are a {@link Problem} 413, as soon as they are announced
   */
  Body(DataReader reader, Framing framing, long limit) {
    this.reader = reader;
    this.kind = framing.kind();
    this.limit = limit;
    this.remaining = kind == Framing.Kind.LENGTH ? framing.length() : 0;
    this.ended = !framing.hasBody();
    count(remaining);
  }

  /** Whether all of it has been read. */
  boolean ended() {
    return ended;
  }

  /**
   * The next bytes, at least one; waits for them. Empty at the end, which may be known only then.
   *
   * @throws Malformed where the framing is broken
   * @throws Problem 413
   */
  byte[] next() {
    return switch (kind) {
      case NONE -> end();
      case LENGTH -> remaining == 0 ? end() : piece(remaining);
      case CHUNKED -> nextOfChunk();
      case UNTIL_CLOSE -> untilClose();
    };
  }

  private byte[] end() {
    ended = true;
    return new byte[0];
  }

  private byte[] piece(long most) {
    reader.ensureAvailable();
    int size = (int) Math.min(Math.min(reader.available(), most), MAX_PIECE);
    var bytes = reader.readBytes(size);
    remaining -= size;
    ended = kind == Framing.Kind.LENGTH && remaining == 0;
    return bytes;
  }

  private byte[] untilClose() {
    try {
      return piece(Long.MAX_VALUE);
    } catch (DataReader.InsufficientDataAvailableException e) {
      return end();
    }
  }

  private byte[] nextOfChunk() {
    if (ended) {
      return end();
    }
    if (remaining == 0) {
      remaining = chunkSize();
      if (remaining == 0) {
        skipTrailers();
        return end();
      }
      count(remaining);
    }
    var bytes = piece(remaining);
    if (remaining == 0) {
      endOfChunk();
    }
    return bytes;
  }

  private void count(long more) {
    seen += more;
    if (seen > limit) {
      throw Problem.of(
          413, "too-large", "The body is too large", "At most " + limit + " bytes are accepted.");
    }
  }

  private long chunkSize() {
    var line = printable(line(reader, MAX_CHUNK_LINE));
    long size = 0;
    int i = 0;
    for (; i < line.length && line[i] != ';'; i++) {
      int digit = Character.digit(line[i], 16);
      if (digit < 0 || i == MAX_HEX_DIGITS) {
        throw new Malformed("chunk size");
      }
      size = size << 4 | digit;
    }
    if (i == 0) {
      throw new Malformed("chunk size");
    }
    return size;
  }

  private void endOfChunk() {
    if (reader.read() != '\r' || reader.read() != '\n') {
      throw new Malformed("end of chunk");
    }
  }

  /** Trailers belong to the hop (RFC 9110, section 6.5.1) and are dropped. */
  private void skipTrailers() {
    int left = MAX_TRAILER;
    while (true) {
      int length = printable(line(reader, left)).length;
      if (length == 0) {
        return;
      }
      left -= length;
    }
  }

  /** The reader finds a line's end by its CR alone: a bare LF before it would pass. */
  private static byte[] printable(byte[] line) {
    for (byte b : line) {
      if (b >= 0 && b < ' ' && b != '\t') {
        throw new Malformed("control character");
      }
    }
    return line;
  }

  /**
   * The next line, without its end.
   *
   * @param most bytes that it may be long
   * @throws Malformed where it is longer, or does not end in CR LF
   */
  static byte[] line(DataReader reader, int most) {
    try {
      int length = reader.findNewLine(most);
      if (length >= most) {
        throw new Malformed("line too long");
      }
      var line = reader.readBytes(length);
      reader.skip(2);
      return line;
    } catch (DataReader.IncorrectNewLineException e) {
      throw new Malformed("line end");
    }
  }
}
