package io.fingerpost.routes.inbound.socialcare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock of PostgreSQL's own, held by a connection for as long as files are worked on. It outlives
 * no connection, so a node that dies gives it back at once.
 */
final class FolderLock implements CouncilTurn.Lock {

  private static final Logger log = LoggerFactory.getLogger(FolderLock.class);

  private final String name;
  private final DataSource database;
  private @Nullable Connection held;

  FolderLock(String name, DataSource database) {
    this.name = name;
    this.database = database;
  }

  @Override
  public synchronized boolean take() {
    try {
      if (held != null && !held.isValid(1)) {
        giveBack();
      }
      if (held == null) {
        held = taken();
      }
    } catch (SQLException e) {
      log.debug("outcome=no-lock cause={}", e.getClass().getSimpleName());
    }
    return held != null;
  }

  private @Nullable Connection taken() throws SQLException {
    Connection connection = database.getConnection();
    boolean taken = false;
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "fingerpost council " + name);
      try (ResultSet answer = lock.executeQuery()) {
        taken = answer.next() && answer.getBoolean(1);
      }
      end(connection);
    } finally {
      if (!taken) {
        connection.close();
      }
    }
    return taken ? connection : null;
  }

  /** The connection goes back to the pool, and must not take the lock with it. */
  @Override
  public synchronized void giveBack() {
    Connection connection = held;
    held = null;
    if (connection == null) {
      return;
    }
    try (connection;
        PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock_all()")) {
      unlock.execute();
      end(connection);
    } catch (SQLException gone) {
      log.debug("outcome=lock-lost cause={}", gone.getClass().getSimpleName());
    }
  }

  private static void end(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }
}
