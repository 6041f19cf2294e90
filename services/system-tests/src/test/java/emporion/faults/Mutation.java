package emporion.faults;

import static java.lang.constant.ConstantDescs.CD_String;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.UUID;

/**
 * A rule of the protocol, taken out of a service as it is loaded: the checker must notice. Public,
 * because mutated code calls it.
 */
public enum Mutation implements ClassFileTransformer {
  /** Two workers both move an order. */
  NO_VERSION_CHECK("emporion/order/ordering/control/SagaRepository", "advance") {
    @Override
    byte[] mutate(byte[] type, ClassLoader loader) {
      return replaceText(type, " and version = ?", " and version >= 0 * ?");
    }
  },
  /** The payment service can't tell that a charge is the same one again. */
  NO_PARTICIPANT_KEY("emporion/order/clients/Payments", "charge") {
    @Override
    void with(CodeBuilder code, CodeElement element) {
      code.with(element);
      if (element instanceof InvokeInstruction call && call.name().equalsString("chargeKey")) {
        code.invokestatic(
            ClassDesc.of(Mutation.class.getName()),
            "another",
            MethodTypeDesc.of(CD_String, CD_String));
      }
    }
  },
  /** A release that overtakes its reservation leaves nothing behind. */
  NO_TOMBSTONE("emporion/product/stock/control/Reservations", "release") {
    @Override
    void with(CodeBuilder code, CodeElement element) {
      if (element instanceof InvokeInstruction call && call.name().equalsString("claim")) {
        code.pop2().iconst_1();
      } else {
        code.with(element);
      }
    }
  },
  /** A charge without an answer is taken for one that did not happen. */
  UNKNOWN_IS_FAILED("emporion/order/ordering/control/OrderSaga", "giveUp") {
    @Override
    void with(CodeBuilder code, CodeElement element) {
      if (element instanceof FieldInstruction field && field.name().equalsString("COMP_PAY")) {
        code.getstatic(field.owner().asSymbol(), "COMP_STOCK", field.typeSymbol());
      } else {
        code.with(element);
      }
    }
  };

  private final String type;
  private final String method;

  Mutation(String type, String method) {
    this.type = type;
    this.method = method;
  }

  /** Called from mutated code. */
  public static String another(String key) {
    return key + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  void with(CodeBuilder code, CodeElement element) {
    code.with(element);
  }

  byte[] mutate(byte[] bytes, ClassLoader loader) {
    var classes =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)));
    return classes.transformClass(
        classes.parse(bytes),
        ClassTransform.transformingMethodBodies(
            m -> m.methodName().equalsString(method), this::with));
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] bytes) {
    if (!type.equals(name)) {
      return null;
    }
    var mutant = mutate(bytes, loader);
    System.err.println(this + " is in " + name);
    return mutant;
  }

  /**
   * Replaces text in the constant pool (JVMS 4.4.7), which nothing else in a class file points into
   * by offset.
   */
  private static byte[] replaceText(byte[] type, String text, String by) {
    var old = text.getBytes(StandardCharsets.UTF_8);
    var in = ByteBuffer.wrap(type);
    var out = ByteBuffer.allocate(type.length + by.length() * 100);
    copy(in, out, 8);
    int count = Short.toUnsignedInt(in.getShort(in.position()));
    copy(in, out, 2);
    for (int i = 1; i < count; i++) {
      int tag = in.get(in.position());
      switch (tag) {
        case 1 -> {
          in.position(in.position() + 1);
          var utf8 = new byte[Short.toUnsignedInt(in.getShort())];
          in.get(utf8);
          var words = new String(utf8, StandardCharsets.ISO_8859_1);
          var changed =
              words
                  .replace(new String(old, StandardCharsets.ISO_8859_1), by)
                  .getBytes(StandardCharsets.ISO_8859_1);
          out.put((byte) 1).putShort((short) changed.length).put(changed);
        }
        case 7, 8, 16, 19, 20 -> copy(in, out, 3);
        case 15 -> copy(in, out, 4);
        case 5, 6 -> {
          copy(in, out, 9);
          i++;
        }
        default -> copy(in, out, 5);
      }
    }
    copy(in, out, in.remaining());
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private static void copy(ByteBuffer in, ByteBuffer out, int length) {
    out.put(in.slice(in.position(), length));
    in.position(in.position() + length);
  }
}
