/**
 * One entry for every path of the platform. A request reaches the service that its path names, or
 * none: what could be read in two ways is refused, and nothing that a client sends, its {@code
 * Host} included, picks another upstream. Bodies flow both ways as they come and are never held
 * whole; nothing is replayed that may already have been carried out.
 *
 * <p>Decisions. Netty reads and writes HTTP; what it does is not done here again, and where it
 * guesses, a subclass of its decoder refuses. One event loop carries a request from end to end,
 * with connections to the services that are its own, so that no state is shared between threads.
 * The loop hears that a service has hung up before it hears of the next request, so that even one
 * that must never be sent twice is not lost to a connection that died in the pool. Deadlines are
 * fields that each loop looks at ten times a second: a request pays a write, not a timer.
 */
package emporion.gateway;
