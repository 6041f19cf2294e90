package emporion.gateway;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a gateway as it comes, before a service that answers each request with {@code ok}. */
abstract class StageTest {
  protected static RawUpstream service;
  protected static Stage stage;

  @BeforeAll
  static void start() {
    service = RawUpstream.saying(Stage.OK);
    stage = new Stage(service);
  }

  @AfterAll
  static void stop() throws IOException {
    stage.close();
    service.close();
  }

  @BeforeEach
  void reset() {
    service.say(Stage.OK);
  }

  protected static RawClient.Answer get(String path, String... lines) throws IOException {
    return RawClient.get(stage.port(), path, lines);
  }
}
