package emporion.faults;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Goes into a running service and puts a {@link CrashPoint} around what a protocol hangs on. */
public final class Agent implements ClassFileTransformer {
  private static final String EXHAUST = "exhaust";
  private static final ClassDesc TRAP = ClassDesc.of("emporion.faults.CrashPoint");
  private static final MethodTypeDesc HIT = MethodTypeDesc.of(CD_void, CD_String);

  /**
   * A method of a library, and what it does: its beginning is the point {@code <point>.before},
   * each return from it {@code <point>.after}.
   */
  private record Place(String type, String method, String descriptor, String point) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("io/agroal/pool/ConnectionHandler", "transactionCommit", "()V", "commit"),
          new Place(
              "com/rabbitmq/client/impl/ChannelN",
              "basicPublish",
              "(Ljava/lang/String;Ljava/lang/String;ZZLcom/rabbitmq/client/AMQP$BasicProperties;[B)V",
              "publish"),
          new Place(
              "io/agroal/pool/DataSource", "getConnection", "()Ljava/sql/Connection;", "connect"),
          new Place("com/rabbitmq/client/impl/ChannelN", "waitForConfirms", "(J)Z", "confirm"),
          new Place("com/rabbitmq/client/impl/ChannelN", "basicAck", "(JZ)V", "acknowledge"),
          new Place(
              "org/glassfish/jersey/client/ClientRuntime",
              "invoke",
              "(Lorg/glassfish/jersey/client/ClientRequest;)"
                  + "Lorg/glassfish/jersey/client/ClientResponse;",
              "call"),
          new Place(
              "org/glassfish/jersey/server/ServerRuntime$Responder",
              "process",
              "(Lorg/glassfish/jersey/server/ContainerResponse;)V",
              "answer"));

  private static boolean woven;

  private Agent() {}

  /**
   * Called by the JVM that the agent was loaded into.
   *
   * @param order point and number of passes, or {@code exhaust} and milliseconds, with a blank
   *     between them
   */
  public static synchronized void agentmain(String order, Instrumentation jvm)
      throws UnmodifiableClassException {
    if (!woven) {
      jvm.addTransformer(new Agent(), true);
      for (Class<?> type : jvm.getAllLoadedClasses()) {
        if (isWanted(type.getName().replace('.', '/'))) {
          jvm.retransformClasses(type);
        }
      }
      woven = true;
    }
    var words = order.split(" ");
    if (words[0].equals(EXHAUST)) {
      CrashPoint.exhaust(Long.parseLong(words[1]));
    } else {
      CrashPoint.arm(words[0], Integer.parseInt(words[1]));
    }
  }

  /**
   * Called by the JVM before a service begins.
   *
   * @param mutation a {@link Mutation}
   */
  public static void premain(String mutation, Instrumentation jvm) {
    jvm.addTransformer(Mutation.valueOf(mutation));
  }

  private static boolean isWanted(String type) {
    return PLACES.stream().anyMatch(place -> place.type.equals(type));
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] bytes) {
    if (name == null || !isWanted(name)) {
      return null;
    }
    var classes =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)));
    return classes.transformClass(
        classes.parse(bytes),
        (type, element) -> {
          var place =
              PLACES.stream()
                  .filter(p -> p.type.equals(name) && element instanceof MethodModel m && is(p, m))
                  .findFirst();
          if (place.isPresent()) {
            type.transformMethod(
                (MethodModel) element,
                java.lang.classfile.MethodTransform.transformingCode(new Trap(place.get().point)));
          } else {
            type.with(element);
          }
        });
  }

  private static boolean is(Place place, MethodModel method) {
    return method.methodName().equalsString(place.method)
        && method.methodType().equalsString(place.descriptor);
  }

  /** Reports the beginning of a method and each return from it. */
  private record Trap(String point) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      hit(code, ".before");
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        hit(code, ".after");
      }
      code.with(element);
    }

    private void hit(CodeBuilder code, String suffix) {
      code.loadConstant(point + suffix).invokestatic(TRAP, "hit", HIT);
    }
  }

  /** Packs what a service has to load. */
  static Path jar(Path folder) throws IOException {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", Agent.class.getName());
    attributes.putValue("Premain-Class", Agent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    Files.createDirectories(folder);
    var jar = folder.resolve("agent.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (var type : classes()) {
        var name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (var in = Agent.class.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }

  private static List<Class<?>> classes() {
    var mutations = Stream.of(Mutation.values()).map(Mutation::getClass);
    return Stream.concat(
            Stream.of(Agent.class, Place.class, Trap.class, CrashPoint.class, Mutation.class),
            mutations)
        .toList();
  }

  /** Arms a point in another process. */
  static void arm(Path jar, ProcessHandle process, String point, int passes) throws IOException {
    order(jar, process, point + " " + passes);
  }

  /** Lets another process get no connection to its database for a while. */
  static void exhaust(Path jar, ProcessHandle process, long millis) throws IOException {
    order(jar, process, EXHAUST + " " + millis);
  }

  private static void order(Path jar, ProcessHandle process, String words) throws IOException {
    try {
      var target = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        target.loadAgent(jar.toString(), words);
      } finally {
        target.detach();
      }
    } catch (AttachNotSupportedException
        | com.sun.tools.attach.AgentLoadException
        | com.sun.tools.attach.AgentInitializationException e) {
      throw new IOException("Process " + process.pid() + " can't be armed", e);
    }
  }
}
