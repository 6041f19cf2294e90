package emporion.chassis.http;

import emporion.chassis.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/**
 * Answers 400 to headers that can't be read, before the runtime tries: it has no words for them, or
 * passes over them, and a condition that is passed over lets a change happen.
 */
@Provider
@PreMatching
@Priority(2)
public class HeaderSyntax implements ContainerRequestFilter {
  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\uffff]*\"";
  private static final String ITEM = "[ \\t]*(?:" + TAG + ")?[ \\t]*";

  /** {@code *}, or a list (RFC 9110, sections 5.6.1 and 13.1) with a tag in it. */
  private static final Pattern CONDITION =
      Pattern.compile("[ \\t]*\\*[ \\t]*|(?=.*\")" + ITEM + "(?:," + ITEM + ")*");

  @Override
  public void filter(ContainerRequestContext request) {
    var accept = request.getHeaderString(HttpHeaders.ACCEPT);
    if (accept != null && !accept.equals("*/*")) {
      demand(HttpHeaders.ACCEPT, request::getAcceptableMediaTypes);
    }
    if (request.getHeaderString(HttpHeaders.CONTENT_TYPE) != null) {
      demand(HttpHeaders.CONTENT_TYPE, request::getMediaType);
    }
    demandCondition(HttpHeaders.IF_MATCH, request);
    // Generated clients send an empty one for a parameter that is null. It asks for no saving, and
    // changes nothing.
    if (!"".equals(request.getHeaderString(HttpHeaders.IF_NONE_MATCH))) {
      demandCondition(HttpHeaders.IF_NONE_MATCH, request);
    }
  }

  private static void demand(String name, Runnable reading) {
    try {
      reading.run();
    } catch (ProcessingException | IllegalArgumentException e) {
      throw Problem.invalid(name, "must be as RFC 9110 has it");
    }
  }

  private static void demandCondition(String name, ContainerRequestContext request) {
    var condition = request.getHeaderString(name);
    if (condition != null && !CONDITION.matcher(condition).matches()) {
      throw Problem.invalid(name, "must be entity tags in quotes, or *");
    }
  }
}
