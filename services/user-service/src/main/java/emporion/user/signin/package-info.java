/**
 * The issuer: exchanges credentials for tokens (RFC 6749) and publishes what others need to verify
 * them. Access tokens live for minutes and are never looked up; refresh tokens live for weeks, work
 * once, and when one is used again its whole family ends.
 */
package emporion.user.signin;
