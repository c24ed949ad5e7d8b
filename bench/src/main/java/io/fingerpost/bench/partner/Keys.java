package io.fingerpost.bench.partner;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.fingerpost.bench.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.List;

/**
 * The keys clients prove themselves with. The public half, {@code CLIENT.jwks.json}, is what a
 * registry names; the private half, {@code CLIENT.private.jwks.json}, only its owner can read.
 */
public final class Keys {

  private static final int BITS = 2048;

  private Keys() {}

  /** Makes a key pair for a client and keeps it; returns where the public half is. */
  public static Path generate(String client, Path directory) {
    try {
      JWK key =
          new RSAKeyGenerator(BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS384)
              .keyIDFromThumbprint(true)
              .generate();
      Files.createDirectories(directory);
      writeForOwner(
          directory.resolve(client + ".private.jwks.json"), new JWKSet(key).toString(false));
      return Files.writeString(
          directory.resolve(client + ".jwks.json"), new JWKSet(key).toString(true));
    } catch (IOException | JOSEException e) {
      throw new CommandFailed("The keys of " + client + " could not be made in " + directory, e);
    }
  }

  static void writeForOwner(Path secret, String content) throws IOException {
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, content, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** The client's private key, from the first of these directories that has it. */
  public static JWK load(String client, List<Path> directories) {
    for (Path directory : directories) {
      Path file = directory.resolve(client + ".private.jwks.json");
      if (Files.isReadable(file)) {
        return read(file);
      }
    }
    throw new CommandFailed(
        "There is no private key of "
            + client
            + ": "
            + client
            + ".private.jwks.json is in none of "
            + directories
            + ". The demo clients have theirs once ./fingerpost demo has run.");
  }

  private static JWK read(Path file) {
    try {
      return JWKSet.load(file.toFile()).getKeys().stream()
          .filter(JWK::isPrivate)
          .findFirst()
          .orElseThrow(() -> new CommandFailed(file + " holds no private key."));
    } catch (IOException | ParseException e) {
      throw new CommandFailed(file + " cannot be read as a JSON Web Key Set.", e);
    }
  }
}
