/**
 * The only place of this service that knows a library outside of Jakarta EE and MicroProfile: the
 * templates of the mails, and what an SMTP server says.
 */
package emporion.notification.adapter;
