/**
 * A card network to develop and to test against, as faithful as a fake can be: it keeps its own
 * books, works on when nobody listens any more, loses answers on request, and knows every key for
 * ever. No money moves.
 *
 * <p>What a card does is scripted by its token; {@link emporion.payment.sandbox.TestCard} lists
 * them.
 */
package emporion.payment.sandbox;
