package emporion.chassis.database;

import emporion.chassis.tls.Trust;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.WrappedFactory;
import org.postgresql.util.PSQLException;

/**
 * Encrypts connections to PostgreSQL. Where a certificate is to be checked ({@code
 * sslmode=verify-full}, {@code verify-ca}) and the URL names no authorities of its own ({@code
 * sslrootcert}), those of all other connections count. The driver finds this class in {@code
 * org/postgresql/driverconfig.properties}, and checks the host's name itself.
 */
public final class DatabaseSockets extends WrappedFactory {

  /** For the driver. */
  public DatabaseSockets(Properties connection) throws PSQLException {
    var mode = String.valueOf(PGProperty.SSL_MODE.getOrDefault(connection));
    boolean checked = mode.startsWith("verify-");
    boolean own = PGProperty.SSL_ROOT_CERT.getOrDefault(connection) != null;
    factory = checked && !own ? Trust.context().getSocketFactory() : new LibPQFactory(connection);
  }
}
