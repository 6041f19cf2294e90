package emporion.gateway;

import io.netty.channel.Channel;

/** A TLS handshake under way, which has to end in time. */
final class Handshake implements Watchdog.Watched {
  private final Listener listener;
  private final Channel channel;
  private final Deadline deadline = new Deadline();

  Handshake(Listener listener, Channel channel) {
    this.listener = listener;
    this.channel = channel;
    deadline.in(listener.settings().clientHeadTimeout());
    listener.watchdog().watch(channel.eventLoop(), this);
    channel.closeFuture().addListener(closed -> end());
  }

  /** It has come to its end. */
  void end() {
    listener.watchdog().forget(channel.eventLoop(), this);
  }

  @Override
  public void look(long now) {
    if (deadline.passed(now)) {
      channel.close();
    }
  }
}
