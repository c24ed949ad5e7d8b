package io.fingerpost.server.vocabulary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.fingerpost.profiles.CodesElsewhere;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.server.vocabulary.TerminologySettings.Credentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A terminology server played by WireMock: what it knows, and how it can fail to say so. */
class TerminologyServerTest {

  private static final String VALIDATE = "/fhir/CodeSystem/$validate-code";
  private static final Coding REFERRAL =
      new Coding("http://snomed.info/sct", "871731000000106", null);
  private static final Coding NONSENSE = new Coding("http://snomed.info/sct", "1", null);

  private final WireMockServer wire = new WireMockServer(options().dynamicPort());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Watch clock = new Watch();

  /** A clock that is moved by hand. */
  private static final class Watch extends Clock {
    private Instant now = Instant.parse("2026-03-03T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() {
    wire.start();
    wire.stubFor(post(urlPathEqualTo(VALIDATE)).willReturn(saying(false)));
    wire.stubFor(
        post(urlPathEqualTo(VALIDATE))
            .withRequestBody(containing(REFERRAL.getCode()))
            .willReturn(saying(true)));
  }

  @AfterEach
  void stop() {
    wire.stop();
  }

  @Test
  void saysWhetherACodeIsOneOfSnomed() {
    TerminologyServer server = server();

    assertThat(result(server.validate(REFERRAL))).isTrue();
    assertThat(result(server.validate(NONSENSE))).isFalse();
    assertThat(counted("answered")).isEqualTo(2);
  }

  @Test
  void remembersWhatItWasTold() {
    TerminologyServer server = server();
    for (int i = 0; i < 3; i++) {
      server.validate(REFERRAL);
      server.validate(NONSENSE);
    }

    wire.verify(2, postRequestedFor(urlPathEqualTo(VALIDATE)));
  }

  @Test
  void hasTheValidatorRefuseACodeThatSnomedDoesNotHave() throws IOException {
    ProfileValidator validator = validator(server());

    assertThat(validator.faultsInJson(referral(REFERRAL.getCode()))).isEmpty();
    assertThat(validator.faultsInJson(referral("1")))
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault.code()).isEqualTo("CODE_INVALID"));
    wire.verify(
        0, postRequestedFor(urlPathEqualTo(VALIDATE)).withRequestBody(containing("display")));
  }

  @Test
  void hasNothingRefusedBecauseItIsGone() throws IOException {
    ProfileValidator validator = validator(server());
    wire.stop();

    assertThat(validator.faultsInJson(referral("1"))).isEmpty();
    assertThat(counted("silent")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesAValueSetToNameItsCodes(boolean there) {
    IValidationSupport known = validator(server()).known();
    ValueSet sources =
        (ValueSet) known.fetchValueSet("https://fingerpost.io/ValueSet/referral-source");
    wire.stubFor(post(urlPathEqualTo(VALIDATE)).willReturn(saying(true)));
    if (!there) {
      wire.stop();
    }

    assertThat(isIn(known, sources, "185365002")).isTrue();
    assertThat(isIn(known, sources, "390893007")).isFalse();
  }

  private static boolean isIn(IValidationSupport known, ValueSet valueSet, String code) {
    return known
        .validateCodeInValueSet(
            new ValidationSupportContext(known),
            new ConceptValidationOptions(),
            "http://snomed.info/sct",
            code,
            null,
            valueSet)
        .isOk();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422, 429, 500, 503})
  void hasNothingRefusedForAnAnswerThatIsNone(int status) throws IOException {
    wire.stubFor(post(urlPathEqualTo(VALIDATE)).willReturn(aResponse().withStatus(status)));

    assertThat(validator(server()).faultsInJson(referral("1"))).isEmpty();
  }

  @Test
  void hasNothingRefusedForAnAnswerThatComesTooLateOrBroken() throws IOException {
    wire.stubFor(post(urlPathEqualTo(VALIDATE)).willReturn(saying(false).withFixedDelay(3_000)));
    assertThat(validator(server()).faultsInJson(referral("1"))).isEmpty();

    wire.stubFor(
        post(urlPathEqualTo(VALIDATE))
            .willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
    assertThat(validator(server()).faultsInJson(referral("1"))).isEmpty();
  }

  @Test
  void isLeftAloneForAWhileAfterASilence() {
    wire.stubFor(post(urlPathEqualTo(VALIDATE)).willReturn(aResponse().withStatus(503)));
    TerminologyServer server = server();

    assertThatThrownBy(() -> server.validate(REFERRAL)).satisfies(this::isSilence);
    assertThatThrownBy(() -> server.validate(REFERRAL)).satisfies(this::isSilence);
    wire.verify(1, postRequestedFor(urlPathEqualTo(VALIDATE)));
    assertThat(counted("not-asked")).isEqualTo(1);

    wire.stubFor(post(urlPathEqualTo(VALIDATE)).willReturn(saying(true)));
    clock.now = clock.now.plusSeconds(31);
    assertThat(result(server.validate(REFERRAL))).isTrue();
  }

  @Test
  void isAskedOnAfterOneQuestionItCouldNotAnswer() {
    wire.stubFor(
        post(urlPathEqualTo("/fhir/ValueSet/$expand")).willReturn(aResponse().withStatus(404)));
    TerminologyServer server = server();

    assertThatThrownBy(() -> server.expand("http://example.org/none", new Page("", 0, null)))
        .satisfies(thrown -> assertThat(status(thrown)).isEqualTo(404));
    assertThat(result(server.validate(REFERRAL))).isTrue();
  }

  @Test
  void expandsAndTranslatesWhatItKnows() {
    wire.stubFor(
        post(urlPathEqualTo("/fhir/ValueSet/$expand"))
            .withRequestBody(containing("\"valueInteger\":1000"))
            .willReturn(
                okForContentType(
                    "application/fhir+json",
                    "{\"resourceType\":\"ValueSet\",\"expansion\":{\"contains\":[{\"code\":\"a\"}]}}")));
    wire.stubFor(post(urlPathEqualTo("/fhir/ConceptMap/$translate")).willReturn(saying(true)));
    TerminologyServer server = server();

    ValueSet expanded =
        server.expand("http://snomed.info/sct?fhir_vs=isa/306098008", new Page("", 0, 5_000));
    assertThat(expanded.getExpansion().getContains()).hasSize(1);
    assertThat(result(server.translate("", REFERRAL, "http://hl7.org/fhir/sid/icd-10"))).isTrue();
  }

  @Test
  void showsATokenWhereOneIsAskedFor(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "not a real secret\n");
    wire.stubFor(
        post(urlPathEqualTo("/token"))
            .withRequestBody(containing("client_secret=not+a+real+secret&scope=read"))
            .willReturn(
                okForContentType(
                    "application/json", "{\"access_token\":\"t1\",\"expires_in\":300}")));
    Credentials credentials =
        new Credentials(URI.create(wire.baseUrl() + "/token"), "scheme", secret, "read");
    TerminologySettings settings = settings(credentials);
    TerminologyServer server =
        new TerminologyServer(
            base(), settings, patience(), new BearerToken(settings, credentials, clock));

    server.validate(REFERRAL);
    server.validate(NONSENSE);
    wire.verify(1, postRequestedFor(urlPathEqualTo("/token")));
    wire.verify(
        2,
        postRequestedFor(urlPathEqualTo(VALIDATE))
            .withHeader("Authorization", equalTo("Bearer t1")));

    clock.now = clock.now.plusSeconds(271);
    server.validate(new Coding("http://snomed.info/sct", "2", null));
    wire.verify(2, postRequestedFor(urlPathEqualTo("/token")));
  }

  @Test
  void isSilentWhereItsTokenCannotBeHad(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "wrong");
    wire.stubFor(post(urlPathEqualTo("/token")).willReturn(aResponse().withStatus(401)));
    Credentials credentials =
        new Credentials(URI.create(wire.baseUrl() + "/token"), "scheme", secret, null);
    TerminologySettings settings = settings(credentials);
    TerminologyServer server =
        new TerminologyServer(
            base(), settings, patience(), new BearerToken(settings, credentials, clock));

    assertThat(validator(server).faultsInJson(referral("1"))).isEmpty();
    wire.verify(0, postRequestedFor(urlPathEqualTo(VALIDATE)));
  }

  private TerminologyServer server() {
    return new TerminologyServer(base(), settings(null), patience());
  }

  private String base() {
    return wire.baseUrl() + "/fhir";
  }

  private Patience patience() {
    return new Patience(meters, clock, Duration.ofSeconds(30));
  }

  private TerminologySettings settings(@Nullable Credentials credentials) {
    return new TerminologySettings(
        base(),
        List.of("http://snomed.info/sct"),
        credentials,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofHours(1));
  }

  private static ProfileValidator validator(TerminologyServer server) {
    return new ProfileValidator(FhirContext.forR4Cached(), Optional.of(new CodesElsewhere(server)));
  }

  /** The example of a referral by a GP, with another code of SNOMED CT. */
  private static String referral(String code) throws IOException {
    try (InputStream json =
        ProfileValidator.class.getResourceAsStream(
            "/examples/valid/ServiceRequest-from-a-gp.json")) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8)
          .replace("871731000000106", code);
    }
  }

  private static ResponseDefinitionBuilder saying(boolean result) {
    return okForContentType(
        "application/fhir+json",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"result\",\"valueBoolean\":"
            + result
            + "},{\"name\":\""
            + (result ? "display" : "message")
            + "\",\"valueString\":\"said\"}]}");
  }

  private static boolean result(Parameters answer) {
    return answer.getParameterBool("result");
  }

  private void isSilence(Throwable thrown) {
    assertThat(status(thrown)).isEqualTo(503);
  }

  private static int status(Throwable thrown) {
    return ((BaseServerResponseException) thrown).getStatusCode();
  }

  private double counted(String outcome) {
    return meters.get("fingerpost.terminology.server").tag("outcome", outcome).counter().count();
  }
}
