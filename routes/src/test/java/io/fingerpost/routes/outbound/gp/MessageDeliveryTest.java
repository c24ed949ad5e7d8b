package io.fingerpost.routes.outbound.gp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.sharing.ApprovedShares;
import io.fingerpost.routes.sharing.JvmTrust;
import io.fingerpost.routes.sharing.PartnerRefused;
import io.fingerpost.routes.sharing.PartnerUnreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDeliveryTest {

  private static final String ID = "0b0f9a6e-4a39-4a57-8d5c-52b6d3f2a001";
  private static final String DUPLICATE =
      """
      {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"duplicate"}]}""";

  @RegisterExtension
  static final WireMockExtension GP =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  /** Its certificate is its own work. */
  @RegisterExtension
  static final WireMockExtension UNTRUSTED =
      WireMockExtension.newInstance()
          .options(wireMockConfig().httpDisabled(true).dynamicHttpsPort())
          .build();

  private final DeliverySettings settings =
      new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(2));
  private final MessageDelivery delivery = new MessageDelivery(settings, JvmTrust.tls());
  private final Bundle message = ReferralStatusMessageTest.message();

  @Test
  void postsTheMessageUnderTheSameIdsEachTime() {
    answers(aResponse().withStatus(200).withBody("x".repeat(1_000_000)));
    send();
    send();
    GP.verify(
        2,
        postRequestedFor(urlPathEqualTo("/fhir/$process-message"))
            .withHeader("X-Request-Id", equalTo(ID))
            .withHeader(
                "X-Correlation-Id",
                equalTo(UUID.nameUUIDFromBytes("their-message".getBytes()).toString()))
            .withHeader("Content-Type", equalTo("application/fhir+json;charset=UTF-8")));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void takesSuccessAsDelivered(int status) {
    answers(aResponse().withStatus(status));
    assertThatCode(this::send).doesNotThrowAnyException();
  }

  @Test
  void takesADuplicateAsDelivered() {
    answers(aResponse().withStatus(409).withBody(DUPLICATE));
    assertThatCode(this::send).doesNotThrowAnyException();
  }

  @Test
  void takesAnyOtherConflictAsRefused() {
    answers(aResponse().withStatus(409).withBody(DUPLICATE.replace("duplicate", "conflict")));
    assertThatThrownBy(this::send).isInstanceOf(PartnerRefused.class);
    answers(aResponse().withStatus(409).withBody("<html>no</html>"));
    assertThatThrownBy(this::send).isInstanceOf(PartnerRefused.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 403, 404, 413, 422})
  void takesTheseAsRefused(int status) {
    answers(aResponse().withStatus(status).withHeader("Location", GP.baseUrl() + "/elsewhere"));
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            PartnerRefused.class,
            refused -> assertThat(refused.answer()).isEqualTo("HTTP " + status));
    GP.verify(0, postRequestedFor(urlPathEqualTo("/elsewhere")));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void takesTheseAsUnreachable(int status) {
    answers(aResponse().withStatus(status));
    assertThatThrownBy(this::send).isInstanceOf(PartnerUnreachable.class);
  }

  @Test
  void takesSilenceAndBrokenConnectionsAsUnreachable() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThatThrownBy(this::send).isInstanceOf(PartnerUnreachable.class);
    answers(aResponse().withStatus(200).withBody("ok").withChunkedDribbleDelay(5, 60_000));
    assertThatThrownBy(this::send).isInstanceOf(PartnerUnreachable.class);
    assertThatThrownBy(() -> delivery.send("http://localhost:1/fhir", ID, message))
        .isInstanceOf(PartnerUnreachable.class)
        .hasMessageNotContaining("localhost");
  }

  @Test
  void isNotDeliveredToAServerWhoseAuthorityNobodyTrusts() {
    UNTRUSTED.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
    assertThatThrownBy(() -> delivery.send(UNTRUSTED.baseUrl() + "/fhir", ID, message))
        .isInstanceOf(PartnerUnreachable.class)
        .hasMessageContaining("SSL");
    UNTRUSTED.verify(0, postRequestedFor(anyUrl()));
  }

  @Test
  void deliversAnApprovedShareInAnswerToTheMessageThatBroughtTheReferral() {
    answers(aResponse().withStatus(200));
    Partner.Fhir fhir = new Partner.Fhir(GP.baseUrl() + "/fhir");
    Partner surgery =
        Partner.of("demo-gp", "Z91001", "Bramley Surgery", Partner.Kind.GP).fhir(fhir).build();
    Scheme scheme = new Scheme("Z9S01", "Wexcombe Connect");
    GpGateway gateway =
        new GpGateway(
            new PartnerRegistry(new PartnerSettings(scheme, List.of(surgery))),
            settings,
            JvmTrust.tls());
    assertThat(gateway.serves(surgery)).isTrue();
    gateway.deliver(
        ApprovedShares.of(
            UUID.fromString(ID),
            Instant.parse("2026-03-03T09:00:00Z"),
            surgery,
            ReferralStatusMessageTest.standing()));
    GP.verify(
        postRequestedFor(urlPathEqualTo("/fhir/$process-message"))
            .withHeader("X-Request-Id", equalTo(ID))
            .withRequestBody(
                matchingJsonPath(
                    "$.entry[0].resource.response.identifier", equalTo("their-message")))
            .withRequestBody(matchingJsonPath("$.id", equalTo(ID))));
  }

  private void answers(ResponseDefinitionBuilder answer) {
    GP.stubFor(post(anyUrl()).willReturn(answer));
  }

  private void send() {
    delivery.send(GP.baseUrl() + "/fhir/", ID, message);
  }
}
