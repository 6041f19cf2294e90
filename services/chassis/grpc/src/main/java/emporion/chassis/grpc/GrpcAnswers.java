package emporion.chassis.grpc;

import emporion.chassis.clients.RemoteError;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Optional;

/** Tells a neighbour's answer over gRPC from its being away. */
public final class GrpcAnswers {
  /** The statuses of HTTP, as google.rpc.Code maps them. */
  private static final Map<Status.Code, Integer> ANSWERS =
      Map.of(
          Status.Code.INVALID_ARGUMENT, 400,
          Status.Code.FAILED_PRECONDITION, 400,
          Status.Code.OUT_OF_RANGE, 400,
          Status.Code.UNAUTHENTICATED, 401,
          Status.Code.PERMISSION_DENIED, 403,
          Status.Code.NOT_FOUND, 404,
          Status.Code.ALREADY_EXISTS, 409);

  private GrpcAnswers() {}

  /**
   * What a call has failed with, as the callers of HTTP clients know it.
   *
   * @return a {@link RemoteError} for what the neighbour itself said no to, its {@code slug} the
   *     name of the code; otherwise the failure as it is
   */
  public static RuntimeException of(StatusRuntimeException failure) {
    var status = failure.getStatus();
    return Optional.ofNullable(ANSWERS.get(status.getCode()))
        .<RuntimeException>map(
            http -> new RemoteError(http, status.getCode().name(), status.getDescription()))
        .orElse(failure);
  }
}
