package emporion.product.catalogue.control;

import emporion.chassis.data.Failures;
import emporion.chassis.data.Sql;
import emporion.chassis.http.Cursor;
import emporion.chassis.refusal.Refusal;
import emporion.product.catalogue.entity.Offer;
import emporion.product.catalogue.entity.Product;
import emporion.product.catalogue.entity.ProductSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The products table, read together with the levels. */
@ApplicationScoped
public class ProductRepository {
  private static final int MAX_CATEGORIES = 1_000;
  private static final UUID LEAST = new UUID(0, 0);
  private static final String OFFER =
      "select new emporion.product.catalogue.entity.Offer(p.id, p.sku, p.name, p.description,"
          + " p.category, p.priceAmount, p.priceCurrency, p.status, s.onHand - s.reserved,"
          + " p.version, s.version)";
  private static final String FROM = " from Product p join Stock s on s.productId = p.id where ";
  private static final String OFFERS =
      """
      select p.id, p.sku, p.name, p.description, p.category, p.price_amount, p.price_currency,
        p.status, s.on_hand - s.reserved, p.version, s.version
      from product p join stock s on s.product_id = p.id where \
      """;

  private static final String STALE = "p.indexedVersion is null or p.indexedVersion <> p.version";

  @Inject private EntityManager database;
  @Inject private Sql sql;

  /**
   * Up to {@code limit + 1} offers. A list without words walks along the index of its order until
   * the page is full. With words their index leads, and the status must not be in its way: H2
   * enters by an equality before any {@code in}.
   */
  List<Listed> list(ProductQuery query, ListOrder order, Optional<Cursor> after, int limit) {
    var relevance = new Relevance(query.words());
    var rank = order == ListOrder.RELEVANCE ? relevance.rank() : "0";
    var parameters = new HashMap<String, Object>(relevance.parameters());
    boolean walks = query.words().isEmpty() && order.isOfProducts();
    var where = new StringBuilder(walks ? "p.status = :status" : "p.status not in :others");
    parameters.put("status", query.status());
    parameters.put("others", EnumSet.complementOf(EnumSet.of(query.status())));
    if (query.words().isEmpty()) {
      where.append(" and ").append(order.start());
      parameters.put("least", LEAST);
    }
    query.category().ifPresent(it -> add(where, parameters, "p.categoryKey = :category", it));
    query.minPrice().ifPresent(it -> add(where, parameters, "p.priceAmount >= :min", it));
    query.maxPrice().ifPresent(it -> add(where, parameters, "p.priceAmount <= :max", it));
    relevance.conditions().forEach(it -> where.append(" and ").append(it));
    after.ifPresent(
        place -> {
          where.append(" and ").append(order.behind(rank));
          parameters.putAll(order.seen(query, place));
        });
    var hql =
        OFFER
            + ", p.nameKey, s.sold, "
            + rank
            + FROM
            + where
            + " order by "
            + (walks ? order.walk(query.category().isPresent()) : "")
            + order.orderBy(rank);
    var rows = database.createQuery(hql, Object[].class).setMaxResults(limit + 1);
    rows.getParameters()
        .forEach(it -> rows.setParameter(it.getName(), parameters.get(it.getName())));
    return rows.getResultList().stream().map(ProductRepository::listed).toList();
  }

  private static Listed listed(Object[] row) {
    return new Listed((Offer) row[0], (int) row[3], (String) row[1], (long) row[2]);
  }

  private static void add(
      StringBuilder where, Map<String, Object> parameters, String clause, Object value) {
    where.append(" and ").append(clause);
    parameters.put(clause.substring(clause.indexOf(':') + 1).split(" ", 2)[0], value);
  }

  /** The published ones among these, in no order. */
  List<Offer> published(Collection<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : sql.list(Offer.class, OFFERS + "p.status = 'PUBLISHED' and p.id = any (?)", ids);
  }

  Optional<Offer> find(UUID id) {
    return sql.find(Offer.class, OFFERS + "p.id = ?", id);
  }

  /** The categories of what is published, in the order of their keys. */
  List<CategoryCount> categories() {
    return sql.list(
        CategoryCount.class,
        """
        select c.name, n.products
        from (select category_key, count(*) as products
          from product where status = 'PUBLISHED' group by category_key) n
        join category c on c.category_key = n.category_key
        order by c.category_key fetch first ? rows only\
        """,
        MAX_CATEGORIES);
  }

  /**
   * A category as it was first written; who comes at the same time with another spelling waits. It
   * is looked up after the insert only: H2 takes the result of a query that is repeated for the
   * present one where a commit came in between (2.3.232), and would not find what it ran into.
   */
  @Transactional(TxType.MANDATORY)
  String spelling(String category) {
    var key = ProductSpec.categoryKey(category);
    boolean first =
        sql.update(
                "insert into category (category_key, name) values (?, ?) on conflict do nothing",
                key,
                category)
            == 1;
    return first
        ? category
        : sql.find(String.class, "select name from category where category_key = ?", key)
            .orElseThrow();
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

  /**
   * The products with these SKUs, in whatever case; of several from before that differ in it alone,
   * the one that is spelled so.
   */
  Map<String, UUID> known(Collection<String> skus) {
    var byKey = new HashMap<String, UUID>();
    var keys = skus.stream().map(ProductSpec::skuKey).toList();
    known("select sku_key, id from product where sku_key = any (?)", keys)
        .forEach(it -> byKey.put(it.sku, it.id));
    var known = new HashMap<String, UUID>();
    for (var sku : skus) {
      var id = byKey.get(ProductSpec.skuKey(sku));
      if (id != null) {
        known.put(sku, id);
      }
    }
    known("select sku, id from product where sku = any (?) and sku_key is null", skus)
        .forEach(it -> known.put(it.sku, it.id));
    return known;
  }

  private List<Known> known(String query, Collection<String> skus) {
    return sql.list(Known.class, query, skus);
  }

  private record Known(String sku, UUID id) {}

  /** Those of these keys of SKUs that products have. */
  Set<String> skuKeys(Collection<String> keys) {
    return database
        .createQuery("select p.skuKey from Product p where p.skuKey in :keys", String.class)
        .setParameter("keys", keys)
        .getResultStream()
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Some products whose keys and words an older version wrote, held until the transaction ends. */
  List<Product> stale(int limit) {
    return database
        .createQuery("select p from Product p where " + STALE + " order by p.id", Product.class)
        .setMaxResults(limit)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  boolean hasStale() {
    return database
            .createQuery("select p.id from Product p where " + STALE)
            .setMaxResults(1)
            .getResultList()
            .size()
        > 0;
  }

  void add(Product product) {
    database.persist(product);
  }

  /**
   * Sends what has changed, so that versions count.
   *
   * @throws Refusal where another product has the SKU
   */
  void flush() {
    try {
      database.flush();
    } catch (PersistenceException e) {
      if (Failures.isDuplicate(e)) {
        throw new Refusal(
            "sku-taken", "The SKU is taken", "Another product has this SKU; case does not count.");
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
