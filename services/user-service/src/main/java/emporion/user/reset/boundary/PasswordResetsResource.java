package emporion.user.reset.boundary;

import emporion.chassis.problem.Problem;
import emporion.chassis.security.OpenToStaleTokens;
import emporion.user.accounts.boundary.EmailAddress;
import emporion.user.accounts.boundary.Password;
import emporion.user.reset.control.LinkNotGood;
import emporion.user.reset.control.PasswordResets;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** Links for a new password; they came after version 1, and stand in version 2 only. */
@Path("/v2/password-resets")
@PermitAll
@OpenToStaleTokens
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PasswordResetsResource {
  /**
   * Longer than the work takes, of which there is more for an account: the answer comes at the same
   * time for any address, so that it tells nobody which ones are known here.
   */
  private static final Duration ANSWERED_AFTER = Duration.ofMillis(150);

  private static final Duration RETRY = Duration.ofHours(1);

  private PasswordResets resets;

  PasswordResetsResource() {}

  @Inject
  PasswordResetsResource(PasswordResets resets) {
    this.resets = resets;
  }

  @POST
  public Response request(NewPasswordResetV2 reset) throws InterruptedException {
    long end = System.nanoTime() + ANSWERED_AFTER.toNanos();
    if (!resets.request(reset.emailAddress())) {
      throw Problem.unavailable("This shop can't send links for a new password.", RETRY);
    }
    Thread.sleep(Duration.ofNanos(end - System.nanoTime()));
    return Response.accepted().build();
  }

  @POST
  @Path("/redemptions")
  public Response redeem(RedemptionV2 redemption) {
    try {
      resets.redeem(redemption.token(), redemption.password());
      return Response.noContent().build();
    } catch (LinkNotGood bad) {
      throw Problem.invalid("/token", "is not good any more; ask for another link");
    }
  }

  /** Asks for a link. */
  public record NewPasswordResetV2(@NotNull @EmailAddress String emailAddress) {}

  /** What came with the link, and the password that is to count. */
  public record RedemptionV2(
      @NotNull @Size(max = 100) String token, @NotNull @Password String password) {
    @Override
    public String toString() {
      return "a redemption";
    }
  }
}
