package io.fingerpost.server.outcomes;

import io.fingerpost.server.storage.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The file that holds the secret of the pseudonyms; it never replaces one that is there. */
final class PseudonymKey {
  static final int LENGTH = 32;

  private PseudonymKey() {}

  static byte[] readOrMake(Path file) throws IOException {
    if (Files.notExists(file)) {
      byte[] key = new byte[LENGTH];
      new SecureRandom().nextBytes(key);
      OwnerOnly.writeOnce(file, key);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length < LENGTH) {
      throw new IOException(
          "The pseudonym key file holds fewer than 32 bytes: put the right file back, or remove it"
              + " to start with keys that match no earlier extract.");
    }
    return key;
  }
}
