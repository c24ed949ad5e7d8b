package io.fingerpost.server.outcomes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The file that holds the secret of the pseudonyms; it never replaces one that is there. */
final class PseudonymKey {
  static final int LENGTH = 32;

  private PseudonymKey() {}

  static byte[] readOrMake(Path file) throws IOException {
    if (Files.notExists(file)) {
      make(file);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length < LENGTH) {
      throw new IOException(
          "The pseudonym key file holds fewer than 32 bytes: put the right file back, or remove it"
              + " to start with keys that match no earlier extract.");
    }
    return key;
  }

  private static void make(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    // Both options fail when the file is there: of two nodes starting at once, one makes the key.
    Set<StandardOpenOption> onlyIfAbsent =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, onlyIfAbsent, ownerOnly(file))) {
      channel.write(ByteBuffer.wrap(key));
    } catch (FileAlreadyExistsException madeByAnother) {
      return;
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
