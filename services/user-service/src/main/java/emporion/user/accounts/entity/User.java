package emporion.user.accounts.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** One account. Names and addresses are unique without regard to case, and shown as given. */
@Entity
@Table(name = "users")
public class User {
  @Id private UUID id;
  private String username;

  @Column(name = "username_key")
  private String usernameKey;

  private String email;

  @Column(name = "email_key")
  private String emailKey;

  @Column(name = "email_proven")
  private boolean emailProven;

  @Column(name = "password_hash")
  private String passwordHash;

  @Enumerated(EnumType.STRING)
  private Role role;

  private boolean active;
  @Version private long version;

  @Column(name = "registered_at")
  private Instant registeredAt;

  @Column(name = "erased_at")
  private Instant erasedAt;

  protected User() {}

  /**
   * A new, active account.
   *
   * @param passwordHash null for an account that nobody can sign in to
   */
  public static User register(
      UUID id, String username, String email, String passwordHash, Role role, Instant now) {
    var user = new User();
    user.id = id;
    user.username = username;
    user.usernameKey = key(username);
    user.address(email);
    user.emailProven = true;
    user.passwordHash = passwordHash;
    user.role = role;
    user.active = true;
    user.registeredAt = now;
    return user;
  }

  /** The form in which names are compared. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The form in which addresses are compared. */
  public static String addressKey(String email) {
    return Mailbox.key(email);
  }

  /**
   * From now on this address is the user's.
   *
   * @param proven whether more than a token, which may be stolen, says so
   */
  public void moveTo(String newEmail, boolean proven) {
    emailProven = proven || emailProven && newEmail.equals(email);
    address(newEmail);
  }

  /**
   * The address is another account's too, which keeps it: this one is found by its name only, and
   * no link for a new password goes there for it.
   */
  public void shareAddress() {
    emailKey = null;
    emailProven = false;
  }

  private void address(String given) {
    email = Normalizer.normalize(given, Normalizer.Form.NFC);
    emailKey = addressKey(given);
  }

  /** From now on this password is the user's. */
  public void changePassword(String newHash) {
    passwordHash = newHash;
  }

  /** Takes another role; tokens that are out keep the old one until they expire. */
  public void assume(Role newRole) {
    role = newRole;
  }

  /** A deactivated user keeps its data, signs in no more and places no order. */
  public void activate(boolean yes) {
    active = yes;
  }

  /** Forgets the person; the id stays, because orders refer to it. */
  public void erase(Instant now) {
    username = "erased-" + id;
    usernameKey = username;
    email = null;
    emailKey = null;
    passwordHash = null;
    active = false;
    erasedAt = now;
  }

  public UUID id() {
    return id;
  }

  public String username() {
    return username;
  }

  /** Null once the account is erased. */
  public String email() {
    return email;
  }

  /** Whether what replaces the password may be sent to the address. */
  public boolean emailProven() {
    return emailProven;
  }

  public Optional<String> passwordHash() {
    return Optional.ofNullable(passwordHash);
  }

  public Role role() {
    return role;
  }

  public boolean active() {
    return active;
  }

  public boolean erased() {
    return erasedAt != null;
  }

  public long version() {
    return version;
  }

  public Instant registeredAt() {
    return registeredAt;
  }
}
