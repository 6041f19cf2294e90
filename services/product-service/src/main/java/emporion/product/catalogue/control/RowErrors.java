package emporion.product.catalogue.control;

import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file: the first hundred findings, and how many there are. */
final class RowErrors {
  private static final int LISTED = 100;

  private final List<FieldError> listed = new ArrayList<>();
  private int count;

  void add(int row, String field, String detail) {
    count++;
    if (listed.size() < LISTED) {
      listed.add(new FieldError("/rows/" + row + field, detail));
    }
  }

  /** Throws 400 if there is any. */
  void refuse() {
    if (count == 0) {
      return;
    }
    if (count > listed.size()) {
      listed.add(
          new FieldError("/rows", count + " errors in all; the first " + LISTED + " are listed"));
    }
    throw Problem.invalid(listed);
  }
}
