package io.fingerpost.server.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How large a request may be.
 *
 * @param body bytes of a body, whether or not its length is told beforehand
 * @param url characters of the path and the query
 * @param depth how deep JSON or XML may be nested
 * @param entries of a Bundle that is posted, whatever its type
 * @param page most resources on a page of a search
 * @param search how much a search may ask for
 */
@Validated
@ConfigurationProperties("fingerpost.limits")
record LimitSettings(
    @DefaultValue("10MB") @NotNull DataSize body,
    @DefaultValue("8192") @Min(256) @Max(30_000) int url,
    @DefaultValue("100") @Min(20) @Max(500) int depth,
    @DefaultValue("500") @Min(1) @Max(10_000) int entries,
    @DefaultValue("200") @Min(1) @Max(1_000) int page,
    @DefaultValue @Valid Search search) {

  /**
   * @param parameters in all, each repetition counted
   * @param values of one parameter, with commas between them
   * @param chain links of a chained parameter or of {@code _has}
   * @param includes of {@code _include} and {@code _revinclude} together
   * @param iterations of these that go on from what was included
   */
  record Search(
      @DefaultValue("40") @Min(1) int parameters,
      @DefaultValue("200") @Min(1) int values,
      @DefaultValue("2") @Min(0) int chain,
      @DefaultValue("10") @Min(0) int includes,
      @DefaultValue("2") @Min(0) int iterations) {}
}
