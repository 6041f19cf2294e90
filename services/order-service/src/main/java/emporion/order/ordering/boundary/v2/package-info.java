/** Version 2 of the orders' paths: its names and its records. */
package emporion.order.ordering.boundary.v2;
