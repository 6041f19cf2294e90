package emporion.chassis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.TestService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statements with typed parameters, and rows as records, in the transaction that runs. */
class SqlTest {
  private static final TestService SERVICE = RunningChassis.SERVICE;
  private static final String INSERT =
      "insert into jar (id, name, content, sealed, filled_at, kind, owner)"
          + " values (?, ?, ?, ?, ?, ?, ?)";

  private final Sql sql = SERVICE.bean(Sql.class);
  private final UUID id = Ids.next();

  private enum Kind {
    AMPHORA,
    KRATER
  }

  private record Jar(
      UUID id, String name, Long content, boolean sealed, Instant filledAt, Kind kind, UUID owner) {
    private Object[] row() {
      return new Object[] {
        id,
        Sql.orNull(name),
        Sql.orNull(content),
        sealed,
        Sql.orNull(filledAt),
        Sql.orNull(kind),
        Sql.orNull(owner)
      };
    }
  }

  /** Runs something in a transaction. */
  @ApplicationScoped
  public static class Together {
    @Transactional
    public void run(Runnable work) {
      work.run();
    }
  }

  @BeforeAll
  static void makeRoom() {
    SERVICE
        .bean(Sql.class)
        .update(
            "create table if not exists jar (id uuid primary key, name varchar(40), content bigint,"
                + " sealed boolean not null, filled_at timestamp(6) with time zone,"
                + " kind varchar(16), owner uuid)");
  }

  private Jar full() {
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return new Jar(id, "Öl", 1L << 40, true, now, Kind.KRATER, Ids.next());
  }

  private Optional<Jar> stored() {
    return sql.find(Jar.class, "select * from jar where id = ?", id);
  }

  @Test
  void allComesBackAsItWent() {
    assertEquals(1, sql.update(INSERT, full().row()));
    assertEquals(id, stored().orElseThrow().id());
    var empty = new Jar(Ids.next(), null, null, false, null, null, null);
    sql.batch(INSERT, List.<Object[]>of(empty.row()));
    assertEquals(List.of(empty), sql.list(Jar.class, "select * from jar where id = ?", empty.id()));
  }

  @Test
  void oneColumnIsAValue() {
    sql.update(INSERT, full().row());
    var name = sql.find(String.class, "select name from jar where id = ?", id);
    assertEquals(Optional.of("Öl"), name);
    assertEquals(1, sql.count("select count(*) from jar where id = any (?)", Set.of(id)));
    assertEquals(
        List.of(Kind.KRATER),
        sql.list(
            Kind.class,
            "select kind from jar where id = ? and kind = any (?)",
            id,
            Set.of(Kind.AMPHORA, Kind.KRATER)));
  }

  @Test
  void aNullWithoutATypeIsADefect() {
    assertThrows(
        IllegalArgumentException.class,
        () -> sql.count("select count(*) from jar where name = ?", (Object) null));
  }

  @Test
  void aNullInAPrimitiveIsADefect() {
    sql.update(INSERT, new Jar(id, null, null, false, null, null, null).row());
    record Content(long content) {}
    assertThrows(
        RuntimeException.class,
        () -> sql.find(Content.class, "select content from jar where id = ?", id));
  }

  @Test
  void whatATransactionHasDoneGoesWithIt() {
    Runnable fails =
        () -> {
          sql.update(INSERT, full().row());
          assertTrue(stored().isPresent());
          throw new IllegalStateException("meant");
        };
    var transaction = SERVICE.bean(Together.class);
    assertThrows(IllegalStateException.class, () -> transaction.run(fails));
    assertTrue(stored().isEmpty());
  }

  @Test
  void jpaHasTheSameConnection() {
    var jpa = SERVICE.bean(EntityManager.class);
    SERVICE
        .bean(Together.class)
        .run(
            () -> {
              sql.update(INSERT, full().row());
              var seen =
                  jpa.createNativeQuery("select name from jar where id = :id", String.class)
                      .setParameter("id", id)
                      .getResultList();
              assertEquals(List.of("Öl"), seen);
            });
  }

  @Test
  void aTakenKeyIsADuplicate() {
    sql.update(INSERT, full().row());
    var failure = assertThrows(DatabaseException.class, () -> sql.update(INSERT, full().row()));
    assertTrue(Failures.isDuplicate(failure));
  }
}
