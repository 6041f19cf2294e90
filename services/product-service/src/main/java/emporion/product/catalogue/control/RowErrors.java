package emporion.product.catalogue.control;

import emporion.product.catalogue.control.BadRows.Finding;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file: the first hundred findings, and how many there are. */
final class RowErrors {
  private static final int LISTED = 100;

  private final List<Finding> listed = new ArrayList<>();
  private int count;

  void add(int row, String column, String detail) {
    count++;
    if (listed.size() < LISTED) {
      listed.add(new Finding(row, column, detail));
    }
  }

  /** Throws them if there is any. */
  void refuse() {
    if (count == 0) {
      return;
    }
    if (count > listed.size()) {
      listed.add(new Finding(0, "", count + " errors in all; the first " + LISTED + " are listed"));
    }
    throw new BadRows(listed);
  }
}
