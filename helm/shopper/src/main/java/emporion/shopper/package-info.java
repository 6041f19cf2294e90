/**
 * Customers of an installed shop, from outside: {@code helm test} sends one, the tests of the chart
 * a crowd that shops on while pods die and versions change. They know the public API alone.
 *
 * <table>
 *   <caption>Environment</caption>
 *   <tr><th>Variable<th>Meaning
 *   <tr><td>SHOP<td>the shop's URL, without a slash at the end
 *   <tr><td>ADMIN_USERNAME, ADMIN_PASSWORD<td>who may create the product that is ordered
 *   <tr><td>EMPORION_TLS_CA<td>PEM of who certifies the shop, for HTTPS; whom Java knows where it is not set
 * </table>
 */
package emporion.shopper;
