package emporion.product.catalogue.control;

import emporion.product.catalogue.entity.ProductStatus;
import java.util.List;
import java.util.Optional;

/**
 * Which products to list.
 *
 * @param words each must stand in the name, the SKU, the category or the description; in their
 *     comparable form
 * @param minPrice in minor units of whatever currency the product has
 */
public record ProductQuery(
    List<String> words,
    Optional<String> category,
    Optional<Long> minPrice,
    Optional<Long> maxPrice,
    ProductStatus status) {}
