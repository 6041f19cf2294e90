/**
 * The only place of this service that knows what is outside of Jakarta EE and MicroProfile: the
 * templates of the mails, and the signature in their links.
 */
package emporion.notification.adapter;
