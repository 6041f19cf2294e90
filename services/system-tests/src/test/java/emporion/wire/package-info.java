/** What goes over the wires of a whole shop, byte by byte, at every port of every process. */
package emporion.wire;
