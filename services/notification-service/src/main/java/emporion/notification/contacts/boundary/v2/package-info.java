/** Where users say how they want to be written to. */
package emporion.notification.contacts.boundary.v2;
