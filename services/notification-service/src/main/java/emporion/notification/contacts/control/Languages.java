package emporion.notification.contacts.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The languages that the shop writes in, as BCP 47 tags; there are templates for each. */
@ApplicationScoped
public class Languages {
  private List<String> all = List.of();

  Languages() {}

  @Inject
  Languages(@ConfigProperty(name = "emporion.mail.languages") List<String> all) {
    this.all = List.copyOf(all);
  }

  /** All of them, the one first in which whoever has not chosen is written to. */
  public List<String> all() {
    return all;
  }

  /** The one that was chosen, as long as the shop has it, or else the first. */
  public String of(Optional<String> chosen) {
    return chosen.filter(all::contains).orElseGet(all::getFirst);
  }
}
