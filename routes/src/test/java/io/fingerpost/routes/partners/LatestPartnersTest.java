package io.fingerpost.routes.partners;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class LatestPartnersTest {

  private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

  private final StandardEnvironment environment = new StandardEnvironment();
  private final PartnerRegistry registry =
      new PartnerRegistry(
          new PartnerSettings(new Scheme("Z9S01", "Wexcombe Connect"), List.of()),
          environment,
          VALIDATORS.getValidator());

  private void says(String client, String disabled) {
    Map<String, Object> file =
        Map.of(
            "fingerpost.scheme.organisation", "Z9S01",
            "fingerpost.scheme.name", "Wexcombe Connect",
            "fingerpost.partners[0].client", client,
            "fingerpost.partners[0].organisation", "Z9H01",
            "fingerpost.partners[0].name", "St Aldhelm",
            "fingerpost.partners[0].kind", "hospital",
            "fingerpost.partners[0].disabled", disabled,
            "fingerpost.partners[0].hl7v2.sending-application", "ALDHELM",
            "fingerpost.partners[0].hl7v2.sending-facility", "Z9H01");
    environment.getPropertySources().remove(LatestPartners.SOURCE);
    environment.getPropertySources().addFirst(new MapPropertySource(LatestPartners.SOURCE, file));
  }

  @Test
  void knowsAPartnerOnceTheFileNamesIt() {
    assertThat(registry.ofClient("hospital")).isEmpty();

    says("hospital", "false");

    assertThat(registry.ofClient("hospital")).isPresent();
    assertThat(registry.sendingHl7v2("ALDHELM", "Z9H01")).isPresent();
  }

  @Test
  void knowsADisabledPartnerOnNoChannel() {
    says("hospital", "true");

    assertThat(registry.ofClient("hospital")).isEmpty();
    assertThat(registry.sendingHl7v2("ALDHELM", "Z9H01")).isEmpty();
    assertThat(registry.ofOrganisation("Z9H01")).get().matches(Partner::disabled);
  }

  @Test
  void goesOnWithWhatWasGoodWhenTheFileIsNot() {
    says("hospital", "false");
    assertThat(registry.ofClient("hospital")).isPresent();

    says("", "false");
    assertThat(registry.ofClient("hospital")).isPresent();

    says("hospital", "perhaps");
    assertThat(registry.ofClient("hospital")).isPresent();
  }
}
