package io.fingerpost.server.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that this program starts and stops, with its data kept and every commit on
 * disk. It listens on the loopback address only, and asks for a password that stands in a file
 * beside its data, readable by the owner alone.
 */
final class EmbeddedDatabase implements AutoCloseable {

  static final String USER = "postgres";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

  private final EmbeddedPostgres postgres;
  private final String password;
  private final FileLock lock;

  private EmbeddedDatabase(EmbeddedPostgres postgres, String password, FileLock lock) {
    this.postgres = postgres;
    this.password = password;
    this.lock = lock;
  }

  /**
   * Starts on this directory; a server left there by a process that was killed is stopped first.
   */
  static EmbeddedDatabase start(Path directory) {
    Path data = directory.toAbsolutePath().normalize();
    Path passwordFile = data.resolveSibling(data.getFileName() + ".password");
    try {
      Files.createDirectories(data.getParent());
      FileLock lock = lock(data.resolveSibling(data.getFileName() + ".lock"));
      Leftovers.of(data).clear();
      boolean first = !Files.exists(data.resolve("PG_VERSION"));
      String password = first ? newPassword(passwordFile) : Files.readString(passwordFile);
      long begun = System.nanoTime();
      EmbeddedPostgres postgres = builder(data, password).start();
      EmbeddedDatabase database = new EmbeddedDatabase(postgres, password, lock);
      if (first) {
        database.requirePassword(data);
      }
      log.info(
          "PostgreSQL is up on port {} after {} ms, data in {}",
          postgres.getPort(),
          Duration.ofNanos(System.nanoTime() - begun).toMillis(),
          data);
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start on " + data, e);
    }
  }

  /**
   * Ours while this process lives; so that a second start does not take the first for a leftover.
   */
  private static FileLock lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException("another Fingerpost is running on this data directory");
    }
    return lock;
  }

  private static EmbeddedPostgres.Builder builder(Path data, String password) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setConnectConfig("password", password)
        .setServerConfig("listen_addresses", "127.0.0.1")
        // As packed for tests, it would lose what it had acknowledged.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        // A conflict's detail, or the statement that failed, would write a person's data to the
        // log.
        .setServerConfig("log_error_verbosity", "terse")
        .setServerConfig("log_min_error_statement", "panic")
        .setServerConfig("log_parameter_max_length", "0")
        // In files of its own, a week of them: what it writes to us ends with the command that
        // started it.
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_directory", "log")
        .setServerConfig("log_filename", "postgresql-%a.log")
        .setServerConfig("log_truncate_on_rotation", "on")
        .setServerConfig("log_rotation_size", "0")
        .setServerConfig("max_connections", "120")
        .setServerConfig("shared_buffers", "256MB")
        .setServerConfig("max_wal_size", "2GB")
        .setServerConfig("wal_compression", "on");
  }

  /** The first start trusts whoever connects; from here on a password is asked for. */
  private void requirePassword(Path data) throws IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter user " + USER + " password '" + password + "'");
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "# written by Fingerpost\n"
              + "local all all scram-sha-256\n"
              + "host all all 127.0.0.1/32 scram-sha-256\n");
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IOException("the database password could not be set", e);
    }
  }

  private static String newPassword(Path file) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    OwnerOnly.write(file, password);
    return password;
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  String password() {
    return password;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    lock.acquiredBy().close();
  }
}
