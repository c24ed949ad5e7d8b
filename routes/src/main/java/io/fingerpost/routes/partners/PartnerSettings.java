package io.fingerpost.routes.partners;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The registry file as the routes read it ({@code config/partners.yaml}).
 *
 * @param scheme the scheme itself, to whom every referral is addressed
 * @param partners everyone it works with
 */
@Validated
@ConfigurationProperties("fingerpost")
public record PartnerSettings(
    @NotNull @Valid Scheme scheme, @DefaultValue @Valid List<Partner> partners) {

  /**
   * @param organisation ODS code of the scheme
   */
  public record Scheme(
      @NotNull @Pattern(regexp = "[A-Z0-9]{3,10}") String organisation, @NotBlank String name) {}
}
