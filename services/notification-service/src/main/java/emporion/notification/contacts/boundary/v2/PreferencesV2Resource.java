package emporion.notification.contacts.boundary.v2;

import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.notification.contacts.control.Languages;
import emporion.notification.contacts.control.Preferences;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Users' own preferences; nobody has those of others. */
@Path("/v2/notification-preferences")
@ApplicationScoped
@RolesAllowed(Caller.SIGNED_IN)
@Produces(MediaType.APPLICATION_JSON)
public class PreferencesV2Resource {
  private Preferences preferences;
  private Languages languages;
  private JsonWebToken token;

  PreferencesV2Resource() {}

  @Inject
  PreferencesV2Resource(Preferences preferences, Languages languages, JsonWebToken token) {
    this.preferences = preferences;
    this.languages = languages;
    this.token = token;
  }

  /** The caller's. */
  @GET
  public PreferencesV2 read() {
    return shown(preferences.language(Caller.of(token).userId()));
  }

  /** Takes the place of the caller's; counts for what is written from now on. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public PreferencesV2 change(NewPreferencesV2 wanted) {
    if (!languages.all().contains(wanted.language())) {
      throw Problem.invalid("/language", "must be one of " + String.join(", ", languages.all()));
    }
    preferences.write(Caller.of(token).userId(), wanted.language());
    return shown(wanted.language());
  }

  private PreferencesV2 shown(String language) {
    return new PreferencesV2(language, languages.all());
  }
}
