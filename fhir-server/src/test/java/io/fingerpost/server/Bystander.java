package io.fingerpost.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to the program's own PostgreSQL from outside the program: to look into it, and to
 * stand in its way.
 */
final class Bystander implements AutoCloseable {

  private static final String NOBODY = "synchronous_standby_names";

  private final Connection connection;

  private Bystander(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param data where the program keeps its data
   */
  static Bystander in(Path data) throws IOException, SQLException {
    String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
    return new Bystander(
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
            "postgres",
            Files.readString(data.resolve("postgres.password"))));
  }

  /** What is locked stays locked until {@link #letGo}. */
  Bystander inTheWay() throws SQLException {
    connection.setAutoCommit(false);
    return this;
  }

  void letGo() throws SQLException {
    connection.rollback();
  }

  void run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = statement(sql, values)) {
      statement.execute();
    }
  }

  /** Runs it in a thread of its own, and forgets it: it may wait for ever. */
  void begin(String sql) {
    Thread thread =
        new Thread(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
              } catch (SQLException endedWithTheServer) {
                Thread.currentThread().interrupt();
              }
            },
            "bystander");
    thread.setDaemon(true);
    thread.start();
  }

  /** The first column of each row, as text. */
  List<String> ask(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = statement(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private PreparedStatement statement(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Its process in the server. */
  int process() throws SQLException {
    return Integer.parseInt(ask("select pg_backend_pid()").get(0));
  }

  /** The processes that wait for that one, in a statement that begins like this. */
  List<Integer> waitingFor(int process, String statement) throws SQLException {
    return ask(
            "select pid from pg_stat_activity"
                + " where ? = any (pg_blocking_pids(pid)) and ltrim(query, E' \\n') like ? || '%'",
            process, statement)
        .stream()
        .map(Integer::valueOf)
        .toList();
  }

  /**
   * Whether a process has committed on disk, and waits for a standby there is not to say so too.
   */
  boolean isCommitting(int process) throws SQLException {
    return !ask("select 1 from pg_stat_activity where pid = ? and wait_event = 'SyncRep'", process)
        .isEmpty();
  }

  /** From now on no commit is told to whoever asked for it, although it is on disk. */
  void tellNoCommit() throws SQLException {
    run("alter system set " + NOBODY + " = 'nobody'");
    run("select pg_reload_conf()");
  }

  /** Undoes {@link #tellNoCommit} while the server is down. */
  static void tellCommitsAgain(Path data) throws IOException {
    Path settings = data.resolve("postgres/postgresql.auto.conf");
    List<String> kept =
        Files.readAllLines(settings).stream().filter(line -> !line.startsWith(NOBODY)).toList();
    Files.write(settings, kept, StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException endedWithTheServer) {
      // Closed all the same.
    }
  }
}
