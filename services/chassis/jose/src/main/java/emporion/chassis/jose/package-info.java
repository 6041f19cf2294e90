/**
 * The check of tokens (JOSE: RFC 7515, 7517, 7519) by Nimbus, which no other module of the chassis
 * knows. The claims are those of MicroProfile JWT 2.1 and its settings ({@code mp.jwt.verify.*})
 * apply, but the check is a JAX-RS filter over one shared verifier: the signature of a token is
 * checked once, not once a request, and the gateway, which is no JAX-RS application, shares it.
 */
package emporion.chassis.jose;
