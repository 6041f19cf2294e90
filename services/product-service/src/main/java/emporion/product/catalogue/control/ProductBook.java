package emporion.product.catalogue.control;

import emporion.chassis.data.Failures;
import emporion.chassis.data.Rows;
import emporion.chassis.http.Cursor;
import emporion.chassis.problem.Problem;
import emporion.product.catalogue.entity.Offer;
import emporion.product.catalogue.entity.Product;
import emporion.product.catalogue.entity.ProductStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The products table, read together with the levels. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class ProductBook {
  private static final int MAX_CATEGORIES = 1_000;
  private static final String OFFERS =
      "select new emporion.product.catalogue.entity.Offer(p.id, p.sku, p.name, p.description,"
          + " p.category, p.priceAmount, p.priceCurrency, p.status, s.onHand - s.reserved,"
          + " p.version, s.version) from Product p join Stock s on s.productId = p.id where ";

  @Inject private EntityManager database;

  /** Up to {@code limit + 1} offers. */
  List<Offer> list(ProductQuery query, ListOrder order, Optional<Cursor> after, int limit) {
    var where = new StringBuilder("p.status = :status");
    var parameters = new HashMap<String, Object>();
    parameters.put("status", query.status());
    query.category().ifPresent(it -> add(where, parameters, "p.category = :category", it));
    query.minPrice().ifPresent(it -> add(where, parameters, "p.priceAmount >= :min", it));
    query.maxPrice().ifPresent(it -> add(where, parameters, "p.priceAmount <= :max", it));
    for (int i = 0; i < query.words().size(); i++) {
      var pattern = "%" + escaped(query.words().get(i)) + "%";
      add(where, parameters, "p.searchText like :word" + i + " escape '!'", pattern);
    }
    after.ifPresent(
        place -> {
          where.append(" and ").append(order.behind());
          parameters.putAll(order.seen(query, place));
        });
    var offers =
        database
            .createQuery(OFFERS + where + " order by " + order.orderBy(), Offer.class)
            .setMaxResults(limit + 1);
    parameters.forEach(offers::setParameter);
    return offers.getResultList();
  }

  private static void add(
      StringBuilder where, Map<String, Object> parameters, String clause, Object value) {
    where.append(" and ").append(clause);
    parameters.put(clause.substring(clause.indexOf(':') + 1).split(" ", 2)[0], value);
  }

  private static String escaped(String word) {
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** The published ones among these, in no order. */
  List<Offer> published(Collection<UUID> ids) {
    return database
        .createQuery(OFFERS + "p.status = :status and p.id in :ids", Offer.class)
        .setParameter("status", ProductStatus.PUBLISHED)
        .setParameter("ids", ids)
        .getResultList();
  }

  Optional<Offer> find(UUID id) {
    return database
        .createQuery(OFFERS + "p.id = :id", Offer.class)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  /** The categories of what is published, by name. */
  List<CategoryCount> categories() {
    return database
        .createQuery(
            "select new emporion.product.catalogue.control.ProductBook$CategoryCount(p.category,"
                + " count(p)) from Product p where p.status = :status group by p.category"
                + " order by p.category",
            CategoryCount.class)
        .setParameter("status", ProductStatus.PUBLISHED)
        .setMaxResults(MAX_CATEGORIES)
        .getResultList();
  }

  /** A product, held until the transaction ends. */
  Optional<Product> locked(UUID id) {
    return Optional.ofNullable(database.find(Product.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** Products, held until the transaction ends, by ascending id. */
  List<Product> locked(Collection<UUID> ids) {
    return database
        .createQuery("select p from Product p where p.id in :ids order by p.id", Product.class)
        .setParameter("ids", ids)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** The ids of those of these SKUs that exist. */
  Map<String, UUID> known(Collection<String> skus) {
    return Rows.of(
            database
                .createQuery("select p.sku, p.id from Product p where p.sku in :skus")
                .setParameter("skus", skus))
        .stream()
        .collect(Collectors.toMap(row -> (String) row[0], row -> (UUID) row[1]));
  }

  void add(Product product) {
    database.persist(product);
  }

  /**
   * Sends what has changed, so that versions count.
   *
   * @throws Problem 409 where another product has the SKU
   */
  void flush() {
    try {
      database.flush();
    } catch (PersistenceException e) {
      if (Failures.isDuplicate(e)) {
        throw Problem.conflict(
            "sku-taken", "The SKU is taken", "Another product has this SKU; SKUs are unique.");
      }
      throw e;
    }
  }

  /** Sends what has changed and forgets it, to keep a long list of changes out of memory. */
  void flushAndForget() {
    flush();
    database.clear();
  }

  /** How many published products a category has. */
  public record CategoryCount(String name, long products) {}
}
