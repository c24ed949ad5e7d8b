package io.fingerpost.server.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only the user running the program may read: it makes them so before writing. */
public final class OwnerOnly {

  /** Fails when the file is there. */
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private OwnerOnly() {}

  /** Writes a file, in the place of one that is there. */
  public static void write(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    writeNew(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file unless there is one: of two nodes starting at once, one makes the key. */
  public static void writeOnce(Path file, byte[] content) throws IOException {
    try {
      writeNew(file, content);
    } catch (FileAlreadyExistsException madeByAnother) {
      return;
    }
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file, NEW, ownerOnly(file))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
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
