package emporion.storefront;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.storefront.ShopApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Shoppers are told what the API says in words of their own. */
class WordsTest extends InTheShop {

  private static final Path DOCUMENTS = Path.of("../../api-specs/openapi");

  /** Types are named in full, or between backticks where an operation tells what is in its way. */
  private static final Pattern TYPE =
      Pattern.compile("urn:emporion:problem:([a-z]+(?:-[a-z]+)*)|`([a-z]+(?:-[a-z]+)+)`");

  /** What belongs to those who write clients. */
  private static final Pattern TECHNICAL =
      Pattern.compile(
          "POST|GET|/|[Tt]oken|JSON|'errors'|[Ii]dempotency|ETag|[Bb]earer|undefined|null|_");

  @Test
  void everyTypeOfProblemInTheDocumentsHasWords() throws IOException {
    var types = new TreeSet<String>();
    TYPE.matcher(documents())
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .forEach(types::add);
    assertTrue(types.size() > 30, () -> "only " + types);
    assertEquals(Set.of(), without(types, "PROBLEMS"));
  }

  @Test
  void everyReasonStepAndOutcomeOfAnOrderHasWords() throws IOException {
    String document = Files.readString(DOCUMENTS.resolve("order-v2.yaml"));
    var reasons = new TreeSet<String>();
    Pattern.compile("(?:reason|decline_reason):\\n(?:.*\\n)+?\\s+enum: \\[(.*)]")
        .matcher(document)
        .results()
        .flatMap(found -> Stream.of(found.group(1).split(", ")))
        .forEach(reasons::add);
    assertTrue(reasons.contains("out_of_stock"), reasons::toString);
    assertEquals(Set.of(), without(reasons, "REASONS"));
    assertEquals(Set.of(), without(namesIn(document, "A step of the order:"), "STEPS"));
    assertEquals(Set.of(), without(namesIn(document, "`done`, `refused`"), "OUTCOMES"));
  }

  @Test
  void noWordsForPeopleAreForThoseWhoWriteClients() throws IOException {
    var texts =
        Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"")
            .matcher(table("PROBLEMS"))
            .results()
            .map(found -> found.group(1))
            .filter(text -> text.contains(" "))
            .toList();
    assertTrue(texts.size() > 60, () -> "only " + texts.size());
    assertEquals(List.of(), texts.stream().filter(text -> TECHNICAL.matcher(text).find()).toList());
  }

  @Test
  void aTypeThatNobodyKnowsYetIsToldByItsKind() {
    for (int status : List.of(400, 418, 500, 503)) {
      api.refusals.put(
          "/v2/products",
          Answer.problem(
              status,
              "token-endpoint",
              "POST /token",
              "See 'errors'",
              "[{\"pointer\":\"/lines/0/product_id\",\"detail\":\"must match \\\"[a-z]+\\\"\"}]"));
      goTo("#/?q=" + status);
      browser.see("problem");
      // In one go: the page asks again by itself, and tells anew.
      String told =
          (String) browser.script("return document.querySelector('main .problem').innerText");
      assertEquals(
          List.of(),
          TECHNICAL
              .matcher(told.replaceAll("Reference: .*", ""))
              .results()
              .map(MatchResult::group)
              .toList());
    }
  }

  @Test
  void whatIsWrongWithAFieldStandsBesideIt() {
    api.refusals.put(
        "/v2/users",
        Answer.problem(
            400,
            "invalid-request",
            "The request is not valid",
            "See 'errors'",
            "[{\"pointer\":\"/username\",\"detail\":\"must match \\\"^[a-z]+$\\\"\"},"
                + "{\"pointer\":\"/password\",\"detail\":\"is known from breaches of other sites;"
                + " choose another\"}]"));
    goTo("#/register");
    browser.type("username", "grace");
    browser.type("email_address", "grace@example.org");
    browser.type("password", ShopApi.PASSWORD);
    browser.click("register-submit");
    browser.until(
        "told", () -> browser.text("username-error").equals("Username can't be taken like this."));
    assertEquals(
        "Password is known from breaches of other sites; choose another.",
        browser.text("password-error"));
    assertFalse(browser.text("problem").contains("errors"));

    api.refusals.put("/v2/users", Answer.problem(409, "username-taken", "Taken", "POST", "[]"));
    browser.click("register-submit");
    browser.until("told", () -> browser.text("username-error").equals("Username is taken."));
  }

  @Test
  void moneyIsWrittenAsPeopleWriteItInEveryCurrency() {
    for (var currency : Currency.getAvailableCurrencies()) {
      int digits = currency.getDefaultFractionDigits();
      if (digits >= 0) {
        assertEquals(
            "1234" + (digits == 0 ? "" : "." + "56789".substring(0, digits)),
            written("123456789".substring(0, 4 + digits), currency.getCurrencyCode()),
            currency.getCurrencyCode());
      }
    }
    assertEquals("Refunded €5.00.", readable("Refunded 500 EUR in minor units."));
    assertEquals(
        "At most ¥500 can be refunded.",
        readable("At most 500 JPY (minor units) can be refunded."));
  }

  /** Its digits alone. */
  private static String written(String amount, String currency) {
    return String.valueOf(
            browser.script(
                "return import('/js/money.js').then(({ format }) => format({ amount:"
                    + " Number(arguments[0]), currency: arguments[1] }))",
                amount,
                currency))
        .replaceAll("[^0-9.]|[A-Z]+\\.", "");
  }

  private static String readable(String text) {
    return String.valueOf(
        browser.script(
            "return import('/js/money.js').then(({ readable }) => readable(arguments[0]))", text));
  }

  private static Set<String> namesIn(String document, String from) {
    int start = document.indexOf(from);
    String text = document.substring(start, document.indexOf("maxLength", start));
    return Pattern.compile("`(\\w+)`")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(java.util.stream.Collectors.toSet());
  }

  private static Set<String> without(Set<String> names, String table) throws IOException {
    String words = table(table);
    var missing = new TreeSet<>(names);
    missing.removeIf(name -> Pattern.compile("[\\s\"{]" + name + "\"?: ").matcher(words).find());
    return missing;
  }

  /** The source of one of the tables of words. */
  private static String table(String name) throws IOException {
    String words = Files.readString(Path.of("src/main/resources/web/js/words.js"));
    int start = words.indexOf("const " + name + " = {");
    return words.substring(start, words.indexOf("};", start));
  }

  private static String documents() throws IOException {
    try (var files = Files.list(DOCUMENTS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(WordsTest::text)
          .collect(joining("\n"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
