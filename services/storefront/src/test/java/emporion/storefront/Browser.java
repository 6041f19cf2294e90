package emporion.storefront;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, steered by what the page marks with {@code data-testid}. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
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
    driver.manage().window().setSize(new Dimension(1280, 900));
    return new Browser(driver);
  }

  private static Optional<File> installed(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, program))
        .filter(File::canExecute)
        .findFirst();
  }

  void go(String address) {
    driver.get(address);
  }

  /** A tab that has never been here. */
  void forget(String address) {
    driver.get(address);
    driver.executeScript("localStorage.clear(); sessionStorage.clear()");
    driver.get("about:blank");
    driver.get(address);
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  String title() {
    return driver.getTitle();
  }

  String hash() {
    return String.valueOf(driver.executeScript("return location.hash"));
  }

  Object script(String script) {
    return driver.executeScript(script);
  }

  List<WebElement> all(String testid) {
    return driver.findElements(By.cssSelector("[data-testid='" + testid + "']"));
  }

  WebElement see(String testid) {
    await(testid)
        .atMost(PATIENCE)
        .until(() -> all(testid).stream().anyMatch(WebElement::isDisplayed));
    return all(testid).getFirst();
  }

  void click(String testid) {
    await(testid)
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
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
    await(what)
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .until(condition::getAsBoolean);
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
