/**
 * The only place of this service that knows a library outside of Jakarta EE and MicroProfile: the
 * templates of the mails.
 */
package emporion.notification.adapter;
