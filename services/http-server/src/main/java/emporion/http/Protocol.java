package emporion.http;

import io.helidon.common.config.Config;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.spi.ProtocolConfig;
import io.helidon.webserver.spi.ProtocolConfigProvider;

/**
 * The settings of the protocol {@code http}: those of Helidon's {@code http_1_1}.
 *
 * @param maxLine bytes of a request line; a longer one is answered 414
 * @param maxFields bytes of all header fields; more are answered 431
 */
record Protocol(String name, int maxLine, int maxFields) implements ProtocolConfig {
  static final String TYPE = "http";

  /** What a byte of a target may become: a percent sign and two digits. */
  private static final int GROWTH = 3;

  @Override
  public String type() {
    return TYPE;
  }

  /** What is left to Helidon's own parser, which gets only what has passed ours. */
  Http1Config http1() {
    return Http1Config.builder()
        .name(name)
        .maxPrologueLength(GROWTH * maxLine)
        .maxHeadersSize(maxLine + maxFields)
        .validateRequestHeaders(false)
        .receiveLog(false)
        .sendLog(false)
        .addSendListener(new AnswerHead())
        .build();
  }

  /** Found by {@link java.util.ServiceLoader}. */
  public static final class Provider implements ProtocolConfigProvider<Protocol> {
    @Override
    public String configKey() {
      return TYPE;
    }

    @Override
    public Protocol create(Config config, String name) {
      var settings = Http1Config.builder().config(config).build();
      return new Protocol(name, settings.maxPrologueLength(), settings.maxHeadersSize());
    }
  }
}
