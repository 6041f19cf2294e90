package emporion.product.catalogue;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.product.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files of products: all rows or none, and every bad one is named. */
class ImportsTest {
  private static final String HEADER =
      "sku,name,description,category,price_amount,price_currency,on_hand\n";

  private final Shop shop = new Shop();
  private final String category = "import-" + UUID.randomUUID();

  private Answer take(String csv) {
    return shop.manager.with("Content-Type", "text/csv").send("POST", "/v1/products/imports", csv);
  }

  private String row(String sku, String name, String price, String onHand) {
    return sku + "," + name + ",text," + category + "," + price + ",EUR," + onHand + "\n";
  }

  private Answer found() {
    return shop.anonymous.get("/v1/products?limit=100&category=" + category);
  }

  private static List<String> pointers(Answer answer) {
    assertEquals(400, answer.status(), answer::toString);
    return StreamSupport.stream(answer.at("/errors").spliterator(), false)
        .map(error -> error.at("/pointer").asText())
        .toList();
  }

  @Test
  void createsAndUpdates() {
    var known = sku();
    var answer = take(HEADER + row(known, "One", "100", "5") + row(sku(), "Two", "200", "0"));
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("{\"created\":2,\"updated\":0,\"rows\":2}", answer.body());
    var id = found().text("/items/0/id");
    var again = take(HEADER + row(known, "One more", "150", "3") + row(sku(), "Three", "1", "1"));
    assertEquals("{\"created\":1,\"updated\":1,\"rows\":2}", again.body());
    var read = shop.anonymous.get("/v1/products/" + id);
    assertEquals("One more", read.text("/name"));
    assertEquals(150, read.at("/price/amount").asInt());
    assertEquals(3, read.at("/available").asInt());
    var trail = shop.manager.get("/v1/stock/" + id + "/adjustments");
    assertEquals(2, trail.at("/items").size());
    assertEquals("import", trail.text("/items/0/reason"));
    assertEquals(-2, trail.at("/items/0/delta").asInt());
    assertEquals(3, found().at("/items").size());
  }

  @Test
  void readsQuotesBlankLinesAndAByteOrderMark() {
    var csv =
        "\uFEFF"
            + HEADER.replace("\n", "\r\n")
            + "\r\n"
            + sku()
            + ",\"Say \"\"hi\"\", twice\",\"two\r\nlines\","
            + category
            + ",1,EUR,2\r\n\r\n";
    var answer = take(csv);
    assertEquals(200, answer.status(), answer::toString);
    var item = found().at("/items/0");
    assertEquals("Say \"hi\", twice", item.at("/name").asText());
    assertEquals("two\r\nlines", item.at("/description").asText());
  }

  @Test
  void theColumnsMayStandInAnyOrder() {
    var csv =
        "on_hand,sku,price_currency,price_amount,category,description,name\n7,"
            + sku()
            + ",USD,3,"
            + category
            + ",,Turned\n";
    assertEquals(200, take(csv).status());
    assertEquals("Turned", found().text("/items/0/name"));
    assertEquals(7, found().at("/items/0/available").asInt());
  }

  @Test
  void namesEveryBadCellAndChangesNothing() {
    var twice = sku();
    var answer =
        take(
            HEADER
                + row(sku(), "Good", "1", "1")
                + row("bad sku!", "", "-1", "1.5")
                + row(twice, "Fine", "1000000000001", "2147483648")
                + "\n"
                + row(twice, "Again", "x", "")
                + sku()
                + ",too,few\n"
                + sku()
                + ",N,D,"
                + category
                + ",1,XAU,1\n");
    assertEquals(
        List.of(
            "/rows/3/price_amount",
            "/rows/3/on_hand",
            "/rows/3/sku",
            "/rows/3/name",
            "/rows/4/price_amount",
            "/rows/4/on_hand",
            "/rows/6/price_amount",
            "/rows/6/on_hand",
            "/rows/6/sku",
            "/rows/7",
            "/rows/8/price_currency"),
        pointers(answer));
    assertEquals(0, found().at("/items").size());
  }

  @Test
  void listsAHundredErrorsAndCountsTheRest() {
    var rows =
        IntStream.range(0, 150)
            .mapToObj(i -> row(sku(), "N", "x", "1"))
            .collect(Collectors.joining());
    var pointers = pointers(take(HEADER + rows));
    assertEquals(101, pointers.size());
    assertEquals("/rows/101/price_amount", pointers.get(99));
    assertEquals("/rows", pointers.get(100));
  }

  @Test
  void fewerThanAreReservedIsABadRowAndTakesTheWholeFileBack() {
    var known = sku();
    take(HEADER + row(known, "Kept", "1", "5"));
    var id = found().text("/items/0/id");
    shop.reserve(key(), lines(id, 4));
    var answer = take(HEADER + row(sku(), "New", "1", "1") + row(known, "Changed", "1", "3"));
    assertEquals(List.of("/rows/3/on_hand"), pointers(answer));
    assertEquals("Kept", found().text("/items/0/name"));
    assertEquals(1, found().at("/items").size());
    assertEquals("5/4", shop.level(id));
  }

  @Test
  void aFileThatIsNoSuchFileIsRefused() {
    assertEquals(List.of("/rows"), pointers(take("")));
    assertEquals(List.of("/rows"), pointers(take(HEADER)));
    assertEquals(
        List.of("/rows/1/on_hand"), pointers(take(HEADER.replace(",on_hand", "") + "a,b\n")));
    assertEquals(List.of("/rows/1/7"), pointers(take(HEADER.replace("\n", ",weight\n") + "a,b\n")));
    assertEquals(
        List.of("/rows/1/sku", "/rows/1/name"), pointers(take(HEADER.replace("name", "sku"))));
    assertEquals(List.of("/rows/2"), pointers(take(HEADER + sku() + ",\"open,1\n")));
    assertEquals(0, found().at("/items").size());
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws Exception {
    var far = row(sku(), "Fine", "1", "1").repeat(1_000);
    for (var csv : List.of(HEADER + row(sku(), "Café", "1", "1"), HEADER + far + "é")) {
      refusedAsLatin(csv);
    }
  }

  private void refusedAsLatin(String csv) throws Exception {
    var answer = send(csv.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("UTF-8"), answer::body);
  }

  private HttpResponse<String> send(byte[] csv) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(shop.service.uri() + "/v1/products/imports"))
            .header("Authorization", "Bearer " + shop.manager.token())
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofByteArray(csv))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  /** As spreadsheets of other countries and systems write them. */
  @TestFactory
  Stream<DynamicTest> readsWhatSpreadsheetsWrite() {
    var mark = "\uFEFF";
    return Stream.of(
            new Written("semicolons", ";", "\n", StandardCharsets.UTF_8),
            new Written("tabs", "\t", "\n", StandardCharsets.UTF_8),
            new Written("commas, ends of line of a Mac", ",", "\r", StandardCharsets.UTF_8),
            new Written("semicolons, of Windows", ";", "\r\n", StandardCharsets.UTF_8),
            new Written("tabs in UTF-16", "\t", "\r\n", StandardCharsets.UTF_16LE),
            new Written("commas in UTF-16, the other way", ",", "\n", StandardCharsets.UTF_16BE))
        .map(
            it ->
                DynamicTest.dynamicTest(
                    it.name,
                    () -> {
                      var sku = sku();
                      var csv =
                          "\"SKU\",name,\"Description\",category,price_amount,price_currency,on_hand\n"
                                  .replace(",", it.separator)
                              + String.join(
                                  it.separator,
                                  sku,
                                  "Café",
                                  "\"a" + it.separator + "b\"",
                                  category,
                                  "1",
                                  "EUR",
                                  "1\n");
                      var bytes = (mark + csv.replace("\n", it.end)).getBytes(it.charset);
                      var answer = send(bytes);
                      assertEquals(200, answer.statusCode(), answer::body);
                      var found =
                          shop.anonymous.get("/v1/products?q=" + sku + "&category=" + category);
                      assertEquals("Café", found.text("/items/0/name"));
                      assertEquals("a" + it.separator + "b", found.text("/items/0/description"));
                    }));
  }

  private record Written(
      String name, String separator, String end, java.nio.charset.Charset charset) {}

  @Test
  void saysInOneLineWhatIsWrongWithTheWholeFile() throws Exception {
    for (var separator : List.of("|", ":", " ")) {
      var csv = (HEADER + row(sku(), "One", "1", "1")).replace(",", separator);
      assertEquals(List.of("/rows/1"), pointers(take(csv)), separator);
    }
    var unmarked = send((HEADER + row(sku(), "One", "1", "1")).getBytes(StandardCharsets.UTF_16LE));
    assertEquals(400, unmarked.statusCode());
    assertTrue(unmarked.body().contains("byte order mark"), unmarked::body);
  }

  @Test
  void saysHowAPriceIsWritten() {
    for (var price : List.of("\"12,50\"", "12.50", "\"-,5\"")) {
      var answer = take(HEADER + row(sku(), "One", price, "1"));
      assertEquals(List.of("/rows/2/price_amount"), pointers(answer));
      assertTrue(answer.text("/errors/0/detail").contains("1250 for 12.50"), answer::toString);
    }
    var split = take(HEADER + row(sku(), "One", "12,50", "1"));
    assertEquals(List.of("/rows/2"), pointers(split));
    assertTrue(split.text("/errors/0/detail").contains("quotes"), split::toString);
    for (var price : List.of("١٢", "+5", "1e3", "1 000", "")) {
      pointers(take(HEADER + row(sku(), "One", price, "1")));
    }
  }

  @Test
  void theSameKeyTakesAFileOnce() {
    var client = shop.manager.withKey(key()).with("Content-Type", "text/csv");
    var csv = HEADER + row(sku(), "Once", "1", "1");
    var first = client.send("POST", "/v1/products/imports", csv);
    var again = client.send("POST", "/v1/products/imports", csv);
    assertEquals("{\"created\":1,\"updated\":0,\"rows\":1}", again.body());
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotent-Replayed"));
    var other = HEADER + row(sku(), "Other", "1", "1");
    assertEquals(422, client.send("POST", "/v1/products/imports", other).status());
  }

  @Test
  void takesTwentyThousandRowsAndNotOneMore() {
    var stem = sku();
    var rows =
        IntStream.range(0, 20_000)
            .mapToObj(i -> row(stem + "-" + i, "Bulk " + i, "" + i, "1"))
            .collect(Collectors.joining());
    assertEquals(List.of("/rows"), pointers(take(HEADER + rows + row(sku(), "More", "1", "1"))));
    assertEquals("{\"created\":20000,\"updated\":0,\"rows\":20000}", take(HEADER + rows).body());
    assertEquals(
        "{\"created\":0,\"updated\":20000,\"rows\":20000}",
        take(HEADER + rows.replace(",1\n", ",2\n")).body());
    shop.manager.get("/v1/products?limit=1&sort=newest&category=" + category);
    assertEquals(2, found().at("/items/0/available").asInt());
  }
}
