package emporion.chassis.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.reflection.v1alpha.ServerReflectionProto;

/**
 * {@code grpc.reflection.v1.ServerReflection}: {@code v1alpha}, which is all that grpc-java 1.65
 * has, by another name. The two are the same on the wire.
 */
final class ReflectionV1 {
  private static final String NAME = "grpc.reflection.v1.ServerReflection";

  private ReflectionV1() {}

  static ServerServiceDefinition service() {
    var elder = ProtoReflectionService.newInstance().bindService();
    return renamed(elder.getMethods().iterator().next());
  }

  private static <Q, A> ServerServiceDefinition renamed(ServerMethodDefinition<Q, A> method) {
    var known = method.getMethodDescriptor();
    var descriptor =
        known.toBuilder()
            .setFullMethodName(
                MethodDescriptor.generateFullMethodName(NAME, known.getBareMethodName()))
            .setSchemaDescriptor(null)
            .build();
    var file = file();
    var service =
        ServiceDescriptor.newBuilder(NAME)
            .addMethod(descriptor)
            .setSchemaDescriptor((ProtoFileDescriptorSupplier) () -> file)
            .build();
    return ServerServiceDefinition.builder(service)
        .addMethod(descriptor, method.getServerCallHandler())
        .build();
  }

  /** The elder's file, with the other version wherever its own stands. */
  @SuppressWarnings("deprecation") // as is all of v1alpha
  private static FileDescriptor file() {
    try {
      var text =
          TextFormat.printer().printToString(ServerReflectionProto.getDescriptor().toProto());
      var renamed = FileDescriptorProto.newBuilder();
      TextFormat.merge(text.replace("v1alpha", "v1"), renamed);
      return FileDescriptor.buildFrom(renamed.build(), new FileDescriptor[0]);
    } catch (ParseException | DescriptorValidationException e) {
      throw new IllegalStateException("The library's own description can't be renamed", e);
    }
  }
}
