package emporion.chassis.body;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/** Has the server, and no client, write JSON as an {@link AnswerWriter} does. */
@Provider
public class Answers implements Feature {

  @Override
  public boolean configure(FeatureContext context) {
    context.register(AnswerWriter.class);
    return true;
  }
}
