package emporion.user.accounts.entity;

import java.util.Locale;
import java.util.Set;

/** What a user may do besides shopping, which everybody may. */
public enum Role {
  SHOPPER,
  SUPPORT,
  CATALOGUE_MANAGER,
  ADMIN;

  /** The names that stand in a token's {@code groups}. */
  public Set<String> groups() {
    return this == SHOPPER ? Set.of(SHOPPER.wire()) : Set.of(SHOPPER.wire(), wire());
  }

  /** The name in JSON and in tokens. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
