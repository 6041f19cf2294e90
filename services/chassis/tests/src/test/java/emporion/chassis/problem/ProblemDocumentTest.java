package emporion.chassis.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ProblemDocumentTest {

  @Test
  void carriesTypeStatusAndPointers() {
    var document =
        ProblemDocument.of(Problem.invalid("/items/0/quantity", "must be positive"), "t");

    assertEquals("urn:emporion:problem:invalid-request", document.type());
    assertEquals(400, document.status());
    assertEquals("/items/0/quantity", document.errors().getFirst().pointer());
  }

  @Test
  void leavesErrorsOutWhereNoFieldIsBad() {
    assertNull(ProblemDocument.of(Problem.notFound("order"), "t").errors());
  }
}
