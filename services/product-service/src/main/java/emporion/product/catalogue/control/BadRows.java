package emporion.product.catalogue.control;

import java.util.List;

/**
 * A file of products does not hold, and nothing of it was taken over. Without a stack trace: it is
 * an answer, not a defect.
 */
public final class BadRows extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  BadRows(List<Finding> findings) {
    super("The file does not hold", null, false, false);
    this.findings = List.copyOf(findings);
  }

  static BadRows of(int row, String detail) {
    return new BadRows(List.of(new Finding(row, "", detail)));
  }

  /** What is wrong, from top to bottom. */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * Something wrong.
   *
   * @param row its number, from 1, the header's; 0 for the file as a whole
   * @param column its name, or its number where it has none; empty for the whole row
   */
  public record Finding(int row, String column, String detail) {}
}
