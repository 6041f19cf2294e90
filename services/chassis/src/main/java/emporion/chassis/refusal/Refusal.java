package emporion.chassis.refusal;

/**
 * The present state does not allow what was asked for; over HTTP a 409. Nothing was changed.
 * Without a stack trace: it is an answer, not a defect.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String slug;
  private final String title;

  /**
   * A refusal.
   *
   * @param slug stable name, for programs
   * @param title short sentence, the same for each occurrence
   * @param detail what happened this time and what to do; shown to the client as it is
   */
  public Refusal(String slug, String title, String detail) {
    super(detail, null, false, false);
    this.slug = slug;
    this.title = title;
  }

  public String slug() {
    return slug;
  }

  public String title() {
    return title;
  }
}
