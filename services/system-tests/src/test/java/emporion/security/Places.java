package emporion.security;

import emporion.chassis.testkit.Http;
import emporion.tour.Shop;
import java.net.URI;
import java.util.stream.Stream;

/** Where a path can be asked for: the gateway, and the service behind it. */
record Places(Shop shop) {
  static Http at(int port) {
    return Http.to(URI.create("http://127.0.0.1:" + port));
  }

  Stream<Http> of(String path) {
    var service = path.split("/")[2].replaceFirst("s$", "") + "-service";
    return Stream.of(at(shop.port("gateway")), at(shop.port(service)));
  }
}
