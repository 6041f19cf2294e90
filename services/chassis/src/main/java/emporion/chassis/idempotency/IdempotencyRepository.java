package emporion.chassis.idempotency;

import emporion.chassis.data.Sql;
import emporion.chassis.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

@ApplicationScoped
class IdempotencyRepository {
  @Inject private Sql sql;

  record Stored(String hash, int status, String location, String body) {}

  @Transactional
  Response first(String scope, String key, String hash, Supplier<Response> effect) {
    claim(scope, key, hash);
    var response = effect.get();
    keep(scope, key, response);
    return response;
  }

  Optional<Stored> find(String scope, String key) {
    return sql.find(
        Stored.class,
        """
        select request_hash, status, location, body from idempotency_key
        where scope = ? and idem_key = ? and status is not null\
        """,
        scope,
        key);
  }

  private void claim(String scope, String key, String hash) {
    sql.update(
        """
        insert into idempotency_key (scope, idem_key, request_hash, created_at)
        values (?, ?, ?, current_timestamp)\
        """,
        scope,
        key,
        hash);
  }

  private void keep(String scope, String key, Response response) {
    var body = response.getEntity() == null ? null : Json.write(response.getEntity());
    sql.update(
        """
        update idempotency_key set status = ?, location = ?, body = ?
        where scope = ? and idem_key = ?\
        """,
        response.getStatus(),
        Sql.orNull(response.getHeaderString("Location")),
        Sql.orNull(body),
        scope,
        key);
  }
}
