/**
 * Who is calling, proven by a signed token, and what they may do. Each service checks by itself: a
 * request that reached it past the gateway is treated like any other. A resource method without
 * {@code @PermitAll} or {@code @RolesAllowed} is open to authenticated callers only.
 *
 * <p>The claims are those of MicroProfile JWT 2.1 and its settings ({@code mp.jwt.verify.*}) apply,
 * but the check is a JAX-RS filter over one shared verifier: the signature of a token is checked
 * once, not once a request, and the gateway, which is no JAX-RS application, shares it.
 */
package emporion.chassis.security;
