package io.fingerpost.server.api;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a client how to get a token (SMART App Launch 2.0, "Conformance"; Backend Services). */
@RestController
class SmartConfiguration {

  private final String issuer;

  SmartConfiguration(@Value("${fingerpost.access.issuer}") String issuer) {
    this.issuer = issuer;
  }

  @GetMapping("/fhir/.well-known/smart-configuration")
  Map<String, Object> configuration() {
    return Map.of(
        "token_endpoint", issuer + "/oauth2/token",
        "grant_types_supported", List.of("client_credentials"),
        "token_endpoint_auth_methods_supported", List.of("private_key_jwt"),
        "token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"),
        "scopes_supported", List.of("system/*.rs", "system/*.cruds"),
        "capabilities", List.of("client-confidential-asymmetric", "permission-v2"));
  }
}
