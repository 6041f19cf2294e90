package emporion.chassis.idempotency;

import emporion.chassis.data.Rows;
import emporion.chassis.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

@ApplicationScoped
class IdempotencyRepository {
  @Inject private EntityManager database;

  record Stored(String hash, int status, String location, String body) {}

  @Transactional
  Response first(String scope, String key, String hash, Supplier<Response> effect) {
    claim(scope, key, hash);
    var response = effect.get();
    keep(scope, key, response);
    return response;
  }

  @Transactional
  Optional<Stored> find(String scope, String key) {
    var query =
        database
            .createNativeQuery(
                "select request_hash, status, location, body from idempotency_key"
                    + " where scope = :scope and idem_key = :key and status is not null")
            .setParameter("scope", scope)
            .setParameter("key", key);
    return Rows.of(query).stream().findFirst().map(IdempotencyRepository::stored);
  }

  private static Stored stored(Object[] row) {
    return new Stored(
        (String) row[0], ((Number) row[1]).intValue(), (String) row[2], (String) row[3]);
  }

  private void claim(String scope, String key, String hash) {
    database
        .createNativeQuery(
            "insert into idempotency_key (scope, idem_key, request_hash, created_at)"
                + " values (:scope, :key, :hash, :now)")
        .setParameter("scope", scope)
        .setParameter("key", key)
        .setParameter("hash", hash)
        .setParameter("now", Instant.now())
        .executeUpdate();
  }

  private void keep(String scope, String key, Response response) {
    var body = response.getEntity() == null ? null : Json.write(response.getEntity());
    database
        .createNativeQuery(
            "update idempotency_key set status = :status, location = :location, body = :body"
                + " where scope = :scope and idem_key = :key")
        .setParameter("status", response.getStatus())
        .setParameter("location", response.getHeaderString("Location"))
        .setParameter("body", body)
        .setParameter("scope", scope)
        .setParameter("key", key)
        .executeUpdate();
  }
}
