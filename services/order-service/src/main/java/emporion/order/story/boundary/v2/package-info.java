/** Where staff ask for it. */
package emporion.order.story.boundary.v2;
