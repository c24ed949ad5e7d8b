package io.fingerpost.routes.partners;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerTest {

  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fhir.bramley.example/r4",
        "http://localhost:8090/fhir",
        "http://127.0.0.1/fhir",
        "http://[::1]:80"
      })
  void takesAnEndpointThatNobodyCanListenTo(String endpoint) {
    assertThat(VALIDATOR.validate(new Partner.Fhir(endpoint))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://fhir.bramley.example/r4",
        "http://localhost.bramley.example/r4",
        "http://localhost@bramley.example/r4",
        "http://127.0.0.1.example",
        "ftp://localhost/",
        ""
      })
  void refusesAnyOther(String endpoint) {
    assertThat(VALIDATOR.validate(new Partner.Fhir(endpoint))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:2575", "mllps://hl7.aldhelm.example:2576"})
  void takesAnAddressByTlsAndWithout(String address) {
    assertThat(VALIDATOR.validate(hl7v2(address, "ab".repeat(32)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "not a fingerprint", "CN=St Aldhelm Hospital"})
  void refusesWhatIsNoFingerprint(String certificate) {
    assertThat(VALIDATOR.validate(hl7v2("localhost:2575", certificate))).hasSize(1);
  }

  private static Partner.Hl7v2 hl7v2(String address, String certificate) {
    return new Partner.Hl7v2("ALDHELM", "Z9H01", address, List.of(certificate));
  }
}
