/**
 * Who is calling, and what they may do. Each service checks by itself: a request that reached it
 * past the gateway is treated like any other. A resource method without {@code @PermitAll} or
 * {@code @RolesAllowed} is open to authenticated callers only.
 */
package emporion.chassis.security;
