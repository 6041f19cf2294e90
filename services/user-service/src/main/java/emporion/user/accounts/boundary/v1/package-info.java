/** Version 1 of the users' paths: its names and its records. */
package emporion.user.accounts.boundary.v1;
