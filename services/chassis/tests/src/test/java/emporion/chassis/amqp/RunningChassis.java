package emporion.chassis.amqp;

import emporion.chassis.testkit.TestService;
import java.util.Map;

/** The chassis as if it were a service, with a broker; one for all tests of the process. */
public final class RunningChassis {
  static final TestBroker BROKER = new TestBroker();

  public static final TestService SERVICE =
      TestService.running(
          Map.of(
              "emporion.broker.uri", BROKER.uri(),
              "emporion.broker.username", "guest",
              "emporion.broker.password", "guest"));

  private RunningChassis() {}
}
