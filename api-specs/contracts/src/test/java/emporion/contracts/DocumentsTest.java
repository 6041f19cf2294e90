package emporion.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;

/** The documents among themselves. */
class DocumentsTest {
  private static final Path SPECS = Path.of("..");
  private static final Path MERGED = SPECS.resolve("openapi/emporion.yaml");
  private static final Path RELEASED = SPECS.resolve("released/emporion.yaml");

  @Test
  void theMergedDocumentIsMadeOfTheOthersAsTheyAre() throws IOException {
    var made = Path.of("target/emporion.yaml");
    Files.writeString(
        made,
        "# Made of the documents beside it; a change belongs into those.\n"
            + Documents.yaml(Documents.merged()));
    var kept = Files.exists(MERGED) ? Files.readString(MERGED) : "";
    assertTrue(
        Files.readString(made).equals(kept),
        "api-specs/openapi/emporion.yaml is out of date. Renew it:\n"
            + "  cp api-specs/contracts/target/emporion.yaml api-specs/openapi/emporion.yaml");
  }

  @Test
  void theTableOfRolesIsMadeOfTheDocuments() throws IOException {
    var made = Path.of("target/ROLES.md");
    Files.writeString(
        made,
        """
        # Who may do what

        Made of the documents in `openapi`. Each service checks this by itself, whatever the gateway has checked; a system
        test walks every line with each role and with none, through the gateway and past it. `signed in` is whoever has a
        token, for what is their own: what belongs to somebody else is answered as if it did not exist (404). Everybody
        with an account is a `shopper`, whatever else they are.

        """
            + Documents.roles());
    var table = SPECS.resolve("ROLES.md");
    var kept = Files.exists(table) ? Files.readString(table) : "";
    assertTrue(
        Files.readString(made).equals(kept),
        "api-specs/ROLES.md is out of date. Renew it:\n"
            + "  cp api-specs/contracts/target/ROLES.md api-specs/ROLES.md");
  }

  @Test
  void theGuideNamesEachMemberThatTheVersionsDoNotShare() throws IOException {
    var told =
        Pattern.compile("`[^`]+`")
            .matcher(Files.readString(SPECS.resolve("MIGRATION.md")))
            .results()
            .flatMap(words -> Stream.of(words.group().split("[^a-z_]+")))
            .collect(Collectors.toSet());
    var schemas = Documents.merged().at("/components/schemas");
    var untold = new TreeSet<String>();
    for (var first : names(schemas)) {
      var second = first.replaceFirst("V1$", "V2");
      if (!second.equals(first) && schemas.has(second)) {
        var one = names(schemas.at("/" + first + "/properties"));
        var other = names(schemas.at("/" + second + "/properties"));
        one.stream()
            .filter(it -> !other.contains(it))
            .map(it -> first + "." + it)
            .forEach(untold::add);
        other.stream()
            .filter(it -> !one.contains(it))
            .map(it -> second + "." + it)
            .forEach(untold::add);
      }
    }
    untold.removeIf(member -> told.contains(member.substring(member.indexOf('.') + 1)));
    assertEquals(Set.of(), untold);
  }

  private static Set<String> names(JsonNode members) {
    var names = new TreeSet<String>();
    members.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void nothingThatWasReleasedBreaks() {
    var changes =
        OpenApiCompare.fromLocations(
            RELEASED.toAbsolutePath().toString(), MERGED.toAbsolutePath().toString());
    assertTrue(
        changes.isCompatible(),
        () ->
            "Clients of what was released would break; put the change into a new version.\n"
                + changes.getMissingEndpoints()
                + changes.getChangedOperations().stream()
                    .filter(change -> change.isIncompatible())
                    .map(change -> "\n" + change.getHttpMethod() + " " + change.getPathUrl())
                    .toList());
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    var names = new HashSet<String>();
    for (var operation : Contract.merged().operations()) {
      var name = operation.node().path("operationId").asText();
      assertTrue(!name.isEmpty() && names.add(name), operation + " is called '" + name + "'");
    }
  }
}
