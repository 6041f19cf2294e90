package emporion.user.accounts.boundary;

import emporion.user.accounts.entity.User;
import java.util.function.Function;

/**
 * How one version of the API shows a user.
 *
 * @param version as it stands in paths and entity tags: {@code v1}
 * @param of the record that becomes JSON
 */
public record Representation(String version, Function<User, Record> of) {}
