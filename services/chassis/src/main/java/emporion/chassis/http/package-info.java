/** What every list, every version of a thing and every query parameter looks like over HTTP. */
package emporion.chassis.http;
