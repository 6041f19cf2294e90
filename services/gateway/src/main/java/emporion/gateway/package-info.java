/**
 * One entry for every path of the platform. A request reaches the service that its path names, or
 * none: what could be read in two ways is refused, and nothing that a client sends, its {@code
 * Host} included, picks another upstream. Bodies flow both ways as they come and are never held
 * whole; nothing is replayed that may already have been carried out.
 *
 * <p>Decisions. The server is Helidon's HTTP/1.1 server with a routing of our own, so that a
 * request costs no filter chain and the answer's bytes pass as the service wrote them. The way to
 * the services is a small pool of socket channels instead of Helidon's client: a channel can be
 * asked, without waiting, whether the other side has hung up, so that even a request that must
 * never be sent twice is not lost to a connection that died in the pool; and it costs less.
 * Deadlines are kept by one thread that closes what is late: a channel has no timed read, and
 * Helidon's server applies none while a request is under way.
 */
package emporion.gateway;
