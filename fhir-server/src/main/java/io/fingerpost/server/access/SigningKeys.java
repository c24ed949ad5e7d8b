package io.fingerpost.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.fingerpost.server.storage.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;

/** The keys that sign tokens, in a file the owner alone may read; made when there is none. */
final class SigningKeys {

  /** RSA: a token is signed once and verified with every request, and RSA verifies fastest. */
  private static final int BITS = 2048;

  private SigningKeys() {}

  static JWKSet load(Path file) {
    try {
      if (!Files.exists(file)) {
        OwnerOnly.writeOnce(file, generate().toString(false).getBytes(StandardCharsets.UTF_8));
      }
      return JWKSet.load(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("the token signing keys are not readable: " + file, e);
    } catch (ParseException | JOSEException e) {
      throw new IllegalStateException("the token signing keys are not a key set: " + file, e);
    }
  }

  private static JWKSet generate() throws JOSEException {
    return new JWKSet(
        new RSAKeyGenerator(BITS)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .keyIDFromThumbprint(true)
            .generate());
  }
}
