/**
 * HTTP/1.1 as RFC 9110 and RFC 9112 have it, where Helidon's server does not: what is legal and it
 * refuses is put into the words that it knows before it reads a request's head; what it would let
 * pass and two readers could understand differently is refused; whatever it refuses by itself is
 * {@code application/problem+json} without a word about the inside.
 *
 * <p>A server speaks it where its settings name the protocol {@code http}, and no other: {@code
 * protocols-discover-services=false} and {@code protocols.http.max-prologue-length}.
 */
package emporion.http;
