package emporion.chassis.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import emporion.chassis.clients.RemoteError;
import io.grpc.Status;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GrpcAnswersTest {
  private static final Map<Status.Code, Integer> ANSWERS =
      Map.of(
          Status.Code.INVALID_ARGUMENT, 400,
          Status.Code.FAILED_PRECONDITION, 400,
          Status.Code.OUT_OF_RANGE, 400,
          Status.Code.UNAUTHENTICATED, 401,
          Status.Code.PERMISSION_DENIED, 403,
          Status.Code.NOT_FOUND, 404,
          Status.Code.ALREADY_EXISTS, 409);

  @TestFactory
  Stream<DynamicTest> aNoIsAnAnswerAndNothingElseIs() {
    return Stream.of(Status.Code.values())
        .filter(code -> code != Status.Code.OK)
        .map(code -> DynamicTest.dynamicTest(code.name(), () -> isToldApart(code)));
  }

  private static void isToldApart(Status.Code code) {
    var failure = code.toStatus().withDescription("because").asRuntimeException();
    if (ANSWERS.containsKey(code)) {
      var refusal = assertInstanceOf(RemoteError.class, GrpcAnswers.of(failure));
      assertEquals(ANSWERS.get(code), refusal.status());
      assertEquals(code.name(), refusal.slug());
      assertEquals("because", refusal.getMessage());
    } else {
      assertSame(failure, GrpcAnswers.of(failure));
    }
  }
}
