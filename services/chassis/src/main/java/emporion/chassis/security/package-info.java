/**
 * Who is calling, and what they may do. Each service checks by itself: a request that reached it
 * past the gateway is treated like any other. A resource method without {@code @RolesAllowed} or
 * {@code @PermitAll} lets nobody in.
 */
package emporion.chassis.security;
