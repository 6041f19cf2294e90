/**
 * The only place of this service that knows libraries outside of Jakarta EE and MicroProfile:
 * Argon2 hashing, known passwords, quotas of wrong ones, token signing and the gRPC server.
 */
package emporion.user.adapter;
