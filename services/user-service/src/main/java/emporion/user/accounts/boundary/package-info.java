/**
 * Accounts over HTTP, in two versions side by side. A version is a path, its records and its names;
 * what happens is the same and stands once, in {@link
 * emporion.user.accounts.boundary.UsersResource}.
 */
package emporion.user.accounts.boundary;
