/**
 * The shop in a browser: pages that speak to the public API and to nothing else.
 *
 * <p>The server only hands out files. It holds no session and calls no service; whatever the shop
 * page can do, any client of the API can do, and it does it through the client that is generated
 * for everybody. The closed set of files is read into memory once, so no request ever becomes a
 * path of the file system.
 */
package emporion.storefront;
