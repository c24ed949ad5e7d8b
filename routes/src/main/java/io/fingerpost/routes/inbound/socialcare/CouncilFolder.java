package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.partners.FileSettings;
import io.fingerpost.routes.partners.FileSettings.Sftp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one council puts its files and finds its results: a folder here or on an SFTP server.
 *
 * @param client its client in the registry; part of the routes' ids
 * @param sender its ODS code
 * @param local the folder on this machine; null where it is on a server
 */
record CouncilFolder(String client, String sender, @Nullable Path local, FileSettings files) {

  static final String INBOX = "inbox";
  static final String WORKING = "working";
  static final String OUTBOX = "outbox";
  static final String ARCHIVE = "archive";

  static CouncilFolder of(
      String client, String sender, FileSettings files, CouncilSettings settings) {
    Path named = files.folder() == null ? settings.folder() : files.folder();
    Path local = files.sftp() == null ? named.toAbsolutePath().normalize() : null;
    return new CouncilFolder(client, sender, local, files);
  }

  /** Two councils must not have one folder: nobody could tell whose a file is. */
  String place() {
    Sftp sftp = files.sftp();
    return sftp == null
        ? "" + local
        : sftp.user() + "@" + sftp.host() + ":" + sftp.port() + "/" + sftp.folder();
  }

  /** Camel's address of one of its folders, without options. */
  String address(String folder) {
    Sftp sftp = files.sftp();
    if (sftp == null) {
      return "file:" + encoded(local + "/" + folder);
    }
    String path = sftp.folder().isEmpty() ? folder : sftp.folder() + "/" + folder;
    return "sftp:" + sftp.user() + "@" + sftp.host() + ":" + sftp.port() + "/" + path;
  }

  /** Options of the connection to the server; none for a folder here. */
  String connection() {
    Sftp sftp = files.sftp();
    if (sftp == null) {
      return "";
    }
    String proof =
        sftp.privateKey() == null
            ? "&preferredAuthentications=password&password=RAW(" + password(sftp) + ")"
            : "&preferredAuthentications=publickey&privateKeyFile=" + encoded(sftp.privateKey());
    return "&strictHostKeyChecking=yes&useUserKnownHostsFile=false&knownHostsFile="
        + encoded(sftp.knownHosts())
        + "&connectTimeout=10000&soTimeout=60000&timeout=60000&maximumReconnectAttempts=0"
        + "&throwExceptionOnConnectFailed=true&stepwise=false"
        + proof;
  }

  private static String password(Sftp sftp) {
    Path file = sftp.passwordFile();
    if (file == null) {
      throw new UnusableSettings("files.sftp");
    }
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UnusableSettings("files.sftp.password-file");
    }
  }

  private static String encoded(Object path) {
    return ("" + path)
        .replace("%", "%25")
        .replace(" ", "%20")
        .replace("?", "%3F")
        .replace("#", "%23");
  }

  /** Its folders here, what is worked on and what is done readable by nobody else. */
  void make() {
    Path base = local;
    if (base == null) {
      return;
    }
    try {
      Files.createDirectories(base.resolve(INBOX));
      Files.createDirectories(base.resolve(OUTBOX));
      makeOurs(base.resolve(WORKING));
      makeOurs(base.resolve(ARCHIVE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void makeOurs(Path folder) throws IOException {
    FileSystem system = folder.getFileSystem();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (system.supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  /** The name in the archive: its own, where none has it there. */
  String archived(ClaimedName claimed) {
    boolean isFree =
        Optional.ofNullable(local)
            .filter(base -> Files.notExists(base.resolve(ARCHIVE).resolve(claimed.name().value())))
            .isPresent();
    return isFree ? claimed.name().value() : claimed.archived();
  }
}
