package emporion.chassis.http;

import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers 400 to a parameter of a query that stands there twice: the runtime takes the first and
 * passes over the others, so that a list looks filtered by all of them and is not.
 */
@Provider
@Priority(Priorities.USER)
public class QuerySyntax implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    var doubled =
        request.getUriInfo().getQueryParameters().entrySet().stream()
            .filter(parameter -> parameter.getValue().size() > 1)
            .map(parameter -> new FieldError(parameter.getKey(), "must stand there once"))
            .toList();
    if (!doubled.isEmpty()) {
      throw Problem.invalid(doubled);
    }
  }
}
