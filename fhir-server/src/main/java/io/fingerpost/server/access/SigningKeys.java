package io.fingerpost.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.fingerpost.server.storage.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of tokens, in files the owner alone may read. The first of the file signs; it is made
 * where there is none. Keys moved aside, to the same name with {@code .old}, still verify, so that
 * a new key takes nobody's token away.
 */
final class SigningKeys implements JWKSource<SecurityContext> {

  /** RSA: a token is signed once and verified with every request, and RSA verifies fastest. */
  private static final int BITS = 2048;

  private final Path file;
  private final Path oldFile;
  private final LatestOf<List<JWK>> current;
  private final LatestOf<List<JWK>> old;

  SigningKeys(Path file, Clock clock) {
    this.file = file;
    this.oldFile = file.resolveSibling(file.getFileName() + ".old");
    makeWhereThereIsNone();
    this.current = new LatestOf<>("token-signing-keys", file, SigningKeys::keys, clock, List.of());
    this.old =
        new LatestOf<>("token-signing-keys-old", oldFile, SigningKeys::keys, clock, List.of());
    if (current.get().isEmpty()) {
      throw new IllegalStateException("the token signing keys are not a key set: " + file);
    }
  }

  /** Those that verify what fits; the one that signs comes first. */
  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context) {
    makeWhereThereIsNone();
    // Deleted, the old keys are out at once; LatestOf alone would go on with them.
    List<JWK> aside = Files.exists(oldFile) ? old.get() : List.of();
    List<JWK> all = Stream.concat(current.get().stream(), aside.stream()).toList();
    return selector.select(new JWKSet(all));
  }

  private void makeWhereThereIsNone() {
    try {
      if (!Files.exists(file)) {
        OwnerOnly.writeOnce(file, generate().toString(false).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the token signing keys cannot be written: " + file, e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<JWK> keys(byte[] content) {
    try {
      List<JWK> keys = JWKSet.parse(new String(content, StandardCharsets.UTF_8)).getKeys();
      if (keys.isEmpty() || !keys.stream().allMatch(JWK::isPrivate)) {
        throw new IllegalStateException("no private keys");
      }
      return keys;
    } catch (ParseException notKeys) {
      // Not the parser's text, which may quote.
      throw new IllegalStateException("not a key set");
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
