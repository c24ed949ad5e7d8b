package io.fingerpost.server.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Tells a client how to get a token (SMART App Launch 2.0, "Conformance"; Backend Services). */
final class SmartConfiguration extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final String json;

  SmartConfiguration(String issuer, ObjectMapper mapper) throws IOException {
    this.json =
        mapper.writeValueAsString(
            Map.of(
                "token_endpoint", issuer + "/oauth2/token",
                "grant_types_supported", List.of("client_credentials"),
                "token_endpoint_auth_methods_supported", List.of("private_key_jwt"),
                "token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"),
                "scopes_supported", List.of("system/*.rs", "system/*.cruds"),
                "capabilities", List.of("client-confidential-asymmetric", "permission-v2")));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json;charset=UTF-8");
    response.getWriter().write(json);
  }
}
