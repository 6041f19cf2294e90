package emporion.chassis.problem;

/**
 * One bad field of a request.
 *
 * @param pointer a JSON pointer (RFC 6901) into the request's body, or for query parameters and
 *     headers their name
 * @param detail what is wrong, in words that the sender may show to a person
 */
public record FieldError(String pointer, String detail) {}
