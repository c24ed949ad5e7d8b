package io.fingerpost.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The public keys of a client, as they are now: a file is read each time, an address again when it
 * may have other keys. While an address is silent the last good keys hold, for a time.
 */
@Component
class ClientKeys {

  private static final Logger log = LoggerFactory.getLogger(ClientKeys.class);

  /** A hundred keys fit in. */
  private static final int MOST_BYTES = 64 * 1024;

  /** NIST SP 800-131A: what is shorter may be broken, and is nobody's key. */
  private static final int FEWEST_RSA_BITS = 2048;

  /** So that assertions naming made-up keys do not become so many requests to a partner. */
  private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);

  private record Address(String client, URI uri) {}

  private final AccessSettings.Keys settings;
  private final Cache<Address, JWKSource<SecurityContext>> remote =
      Caffeine.newBuilder().maximumSize(1_000).build();

  ClientKeys(AccessSettings settings) {
    this.settings = settings.access().keys();
  }

  JWKSource<SecurityContext> of(Client client) {
    URI location = Objects.requireNonNull(client.keys());
    JWKSource<SecurityContext> source =
        "file".equals(location.getScheme())
            ? (selector, context) -> selector.select(read(Path.of(location)))
            : remote.get(new Address(client.client(), location), this::at);
    return (selector, context) -> strong(source.get(selector, context));
  }

  private static JWKSet read(Path file) throws KeySourceException {
    try {
      return JWKSet.load(file.toFile()).toPublicJWKSet();
    } catch (IOException | ParseException unreadable) {
      log.error("outcome=keys-unusable cause={}", unreadable.getClass().getSimpleName());
      throw new KeySourceException("keys not readable", unreadable);
    }
  }

  private JWKSource<SecurityContext> at(Address address) {
    try {
      return JWKSourceBuilder.<SecurityContext>create(
              address.uri().toURL(), new Retriever(address.client(), settings))
          .cache(settings.fresh().toMillis(), settings.answer().toMillis() * 2)
          .refreshAheadCache(false)
          .rateLimited(Math.min(BETWEEN_FETCHES.toMillis(), settings.fresh().toMillis() / 2))
          .outageTolerant(settings.outage().toMillis())
          .build();
    } catch (IOException e) {
      throw new IllegalStateException("not an address of keys", e);
    }
  }

  private static List<JWK> strong(List<JWK> keys) {
    return keys.stream()
        .filter(key -> !KeyType.RSA.equals(key.getKeyType()) || key.size() >= FEWEST_RSA_BITS)
        .toList();
  }

  /** Goes where the registry says and nowhere else, and says in the log when nothing came. */
  private static final class Retriever extends DefaultResourceRetriever {

    private final String client;

    Retriever(String client, AccessSettings.Keys settings) {
      super(
          Math.toIntExact(settings.connect().toMillis()),
          Math.toIntExact(settings.answer().toMillis()),
          MOST_BYTES);
      this.client = client;
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
      try {
        return super.retrieveResource(url);
      } catch (IOException silent) {
        log.warn(
            "outcome=keys-silent client={} cause={}", client, silent.getClass().getSimpleName());
        throw silent;
      }
    }
  }
}
