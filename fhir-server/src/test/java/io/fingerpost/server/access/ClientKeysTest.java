package io.fingerpost.server.access;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ClientKeysTest {

  @RegisterExtension
  static final WireMockExtension PARTNER = WireMockExtension.newInstance().build();

  private static final String PATH = "/jwks.json";

  private final Path folder;

  private final ClientKeys keys = keysFetchedAgainAfter(Duration.ofMinutes(5));

  ClientKeysTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static ClientKeys keysFetchedAgainAfter(Duration fresh) {
    return new ClientKeys(
        new AccessSettings(
            new AccessSettings.Access(
                "http://localhost",
                Path.of("none"),
                Path.of("none"),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                new AccessSettings.Keys(
                    fresh, Duration.ofHours(4), Duration.ofSeconds(2), Duration.ofMillis(300))),
            List.of()));
  }

  private static Client client(URI location) {
    return new Client(
        "surgery",
        "Z91001",
        "gp",
        Set.of(Client.Role.PARTNER),
        List.of(),
        List.of("TREAT"),
        location,
        List.of(),
        false,
        null);
  }

  private static Client byAddress() {
    return client(URI.create("http://localhost:" + PARTNER.getPort() + PATH));
  }

  private static JWK key(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_384).keyID(id).generate();
  }

  private static void serves(JWK... shown) {
    PARTNER.stubFor(get(PATH).willReturn(okJson(new JWKSet(List.of(shown)).toString(true))));
  }

  private static List<JWK> find(ClientKeys keys, Client client, String id)
      throws KeySourceException {
    JWKSelector wanted = new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
    return keys.of(client).get(wanted, new SimpleSecurityContext());
  }

  @Test
  void findsANewKeyAtTheAddressWithoutARestart() throws JOSEException {
    serves(key("march"));
    assertThat(find(keys, byAddress(), "march")).hasSize(1);

    serves(key("march"), key("april"));

    assertThat(find(keys, byAddress(), "april")).hasSize(1);
  }

  @Test
  void fetchesOnceForManyAssertionsAndHardlyMoreForUnknownKeys() throws JOSEException {
    serves(key("march"));
    for (int i = 0; i < 20; i++) {
      find(keys, byAddress(), "march");
    }
    PARTNER.verify(1, getRequestedFor(urlEqualTo(PATH)));

    for (int i = 0; i < 20; i++) {
      try {
        assertThat(find(keys, byAddress(), "made-up-" + i)).isEmpty();
      } catch (KeySourceException tooOften) {
        // refused as well
      }
    }

    assertThat(PARTNER.findAll(getRequestedFor(urlEqualTo(PATH)))).hasSizeLessThanOrEqualTo(3);
    assertThat(find(keys, byAddress(), "march")).hasSize(1);
  }

  @Test
  void goesOnWithTheLastGoodKeysWhileTheAddressIsDown() throws JOSEException {
    ClientKeys everFresh = keysFetchedAgainAfter(Duration.ofMillis(2));
    serves(key("march"));
    assertThat(find(everFresh, byAddress(), "march")).hasSize(1);

    PARTNER.stubFor(get(PATH).willReturn(serverError()));

    assertThat(find(everFresh, byAddress(), "march")).hasSize(1);
  }

  @Test
  void followsNoRedirect() throws JOSEException {
    PARTNER.stubFor(get("/moved").willReturn(okJson(new JWKSet(key("march")).toString(true))));
    PARTNER.stubFor(get(PATH).willReturn(temporaryRedirect("/moved")));

    assertThatThrownBy(() -> find(keys, byAddress(), "march"))
        .isInstanceOf(KeySourceException.class);
    PARTNER.verify(0, getRequestedFor(urlEqualTo("/moved")));
  }

  @Test
  void readsNoMoreThanAKeySetCanBe() {
    PARTNER.stubFor(get(PATH).willReturn(ok("{\"keys\":[" + " ".repeat(1_000_000) + "]}")));

    assertThatThrownBy(() -> find(keys, byAddress(), "march"))
        .isInstanceOf(KeySourceException.class);
  }

  @Test
  void doesNotWaitForAnAddressThatIsSilent() {
    PARTNER.stubFor(get(PATH).willReturn(ok("{\"keys\":[]}").withFixedDelay(10_000)));

    long begun = System.nanoTime();
    assertThatThrownBy(() -> find(keys, byAddress(), "march"))
        .isInstanceOf(KeySourceException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void readsAFileEachTime() throws JOSEException, IOException {
    Path file = folder.resolve("jwks.json");
    Files.writeString(file, new JWKSet(key("march")).toString(true));
    assertThat(find(keys, client(file.toUri()), "march")).hasSize(1);

    Files.writeString(file, new JWKSet(key("april")).toString(true));

    assertThat(find(keys, client(file.toUri()), "march")).isEmpty();
    assertThat(find(keys, client(file.toUri()), "april")).hasSize(1);
  }

  @Test
  void takesNoSecretAndNoShortKey() throws JOSEException, IOException, NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    JWK weak =
        new RSAKey.Builder((RSAPublicKey) generator.generateKeyPair().getPublic())
            .keyID("short")
            .build();
    OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).keyID("secret").generate();
    Path file = folder.resolve("jwks.json");
    Files.writeString(file, new JWKSet(List.of(weak, secret)).toString(false));

    assertThat(find(keys, client(file.toUri()), "short")).isEmpty();
    assertThat(find(keys, client(file.toUri()), "secret")).isEmpty();
  }
}
