package emporion.local;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of Protocol Buffers, read by the numbers of its fields, as its schema is not known
 * here.
 *
 * @param fields in the order in which they came
 */
record ProtobufReader(List<Field> fields) {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;
  private static final int LONGEST_VARINT = 64; // bits
  private static final byte[] NONE = {};

  /**
   * A value.
   *
   * @param bits of a number
   * @param bytes of a text, of bytes or of a message
   */
  private record Field(int number, long bits, byte[] bytes) {}

  /** Fails with an IllegalArgumentException where the bytes are no message. */
  static ProtobufReader of(byte[] message) {
    var in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    var fields = new ArrayList<Field>();
    try {
      while (in.hasRemaining()) {
        fields.add(field(in));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("cut off", e);
    }
    return new ProtobufReader(fields);
  }

  private static Field field(ByteBuffer in) {
    long tag = varint(in);
    int number = (int) (tag >>> 3);
    return switch ((int) tag & 7) {
      case VARINT -> new Field(number, varint(in), NONE);
      case FIXED_64 -> new Field(number, in.getLong(), NONE);
      case FIXED_32 -> new Field(number, in.getInt(), NONE);
      case LENGTH -> new Field(number, 0, bytes(in, varint(in)));
      default -> throw new IllegalArgumentException("no such type: " + (tag & 7));
    };
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without an end");
  }

  private static byte[] bytes(ByteBuffer in, long length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  /** Those of a number that are messages themselves. */
  List<ProtobufReader> messages(int number) {
    return fields.stream()
        .filter(field -> field.number == number)
        .map(field -> of(field.bytes))
        .toList();
  }

  boolean has(int number) {
    return fields.stream().anyMatch(field -> field.number == number);
  }

  /** A number, by the last that came; 0 where there is none. */
  long bits(int number) {
    return last(number).bits;
  }

  /** Empty where there are none. */
  byte[] bytes(int number) {
    return last(number).bytes;
  }

  String text(int number) {
    return new String(bytes(number), StandardCharsets.UTF_8);
  }

  private Field last(int number) {
    return fields.reversed().stream()
        .filter(field -> field.number == number)
        .findFirst()
        .orElse(new Field(number, 0, NONE));
  }
}
