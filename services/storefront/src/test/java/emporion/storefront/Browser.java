package emporion.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, steered by what the page marks with {@code data-testid}. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Tests look hundreds of times, and what they look for is mostly there at once. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);

  /** Each look is work for four processes. */
  private static final Duration LOOKS_EVERY = Duration.ofMillis(40);

  /** One call where the driver would take one for each element, and most of a test's time. */
  private static final String SHOWN =
      "return [...document.querySelectorAll(`[data-testid='${arguments[0]}']`)]"
          + ".some((one) => one.checkVisibility({ visibilityProperty: true }))";

  private static final String TEXTS =
      "return [...document.querySelectorAll(`[data-testid='${arguments[0]}']`)]"
          + ".map((one) => one.innerText.trim())";

  private static final String AXE = axe();

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  private static String axe() {
    try (var source = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(source.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test that calls it, in words, where no browser is installed. */
  static void assumeInstalled() {
    assumeTrue(isInstalled(), "No chromium and chromedriver on the PATH: nothing to shop with");
  }

  static boolean isInstalled() {
    return installed("chromium").isPresent() && installed("chromedriver").isPresent();
  }

  static Browser open() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(installed("chromium").orElseThrow());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--force-prefers-reduced-motion",
        "--lang=en-US");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(installed("chromedriver").orElseThrow())
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    var browser = new Browser(driver);
    browser.resize(1280, 900);
    return browser;
  }

  private static Optional<File> installed(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, program))
        .filter(File::canExecute)
        .findFirst();
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollDelay(FIRST_LOOK)
        .pollInterval(LOOKS_EVERY)
        .ignoreException(StaleElementReferenceException.class);
  }

  void go(String address) {
    driver.get(address);
  }

  /**
   * A tab that has never been here.
   *
   * @param light of the same origin, and no page that could do anything yet
   */
  void forget(String light, String address) {
    driver.get(light);
    driver.executeScript("localStorage.clear(); sessionStorage.clear()");
    driver.get(address);
  }

  /** What a page has to itself, in its own pixels: no window of a desktop gets as small. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void back() {
    driver.navigate().back();
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** Another tab of the same browser, in front. */
  void openTab(String address) {
    driver.switchTo().newWindow(WindowType.TAB);
    driver.get(address);
  }

  /** The tab in front with all that it knows, again. */
  void duplicateTab() {
    var before = driver.getWindowHandles();
    driver.executeScript("window.open(location.href)");
    await("another tab").until(() -> tabs() > before.size());
    driver.getWindowHandles().stream()
        .filter(tab -> !before.contains(tab))
        .forEach(tab -> driver.switchTo().window(tab));
  }

  int tabs() {
    return driver.getWindowHandles().size();
  }

  /** To the front, counted from 0 in the order in which they were opened. */
  void toTab(int number) {
    driver
        .switchTo()
        .window(driver.getWindowHandles().stream().skip(number).findFirst().orElseThrow());
  }

  void closeOtherTabs() {
    while (tabs() > 1) {
      toTab(1);
      driver.close();
    }
    toTab(0);
  }

  /** What axe finds wrong, of all its rules; rule and element, a line each. */
  @SuppressWarnings("unchecked")
  List<String> violations() {
    if (!(Boolean) driver.executeScript("return 'axe' in window")) {
      driver.executeScript(AXE);
    }
    return (List<String>)
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"];
            axe.run({ runOnly: { type: "tag", values: tags } }).then(
              ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html))),
              (failure) => done([String(failure)]));
            """);
  }

  String title() {
    return driver.getTitle();
  }

  String hash() {
    return String.valueOf(driver.executeScript("return location.hash"));
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  List<WebElement> all(String testid) {
    return driver.findElements(By.cssSelector("[data-testid='" + testid + "']"));
  }

  /** What all of them say. */
  @SuppressWarnings("unchecked")
  List<String> texts(String testid) {
    return (List<String>) driver.executeScript(TEXTS, testid);
  }

  WebElement see(String testid) {
    await(testid).until(() -> (Boolean) driver.executeScript(SHOWN, testid));
    return all(testid).getFirst();
  }

  void click(String testid) {
    await(testid)
        .until(
            () -> {
              see(testid).click();
              return true;
            });
  }

  void type(String testid, String text) {
    WebElement input = see(testid);
    input.clear();
    input.sendKeys(text);
  }

  String text(String testid) {
    return see(testid).getText();
  }

  void until(String what, BooleanSupplier condition) {
    await(what).until(condition::getAsBoolean);
  }

  /** Warnings and errors of the console since the last time, refused policies among them. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(Object::toString)
        .toList();
  }

  void photograph(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
