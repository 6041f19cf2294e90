/**
 * The story of an order: what all services know of it, in order of time, so that whoever has its id
 * can say what became of it and why.
 *
 * <p>Decision: order-service asks its neighbours when somebody asks it, and keeps no copy. A
 * neighbour that does not answer in time is named as missing: half a story helps, an error does
 * not.
 */
package emporion.order.story;
