package io.fingerpost.server.access;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes the client's name from its assertion. SMART clients send no {@code client_id} beside it;
 * the library's own reading of such a request wants one.
 */
final class AssertionRequests implements AuthenticationConverter {

  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final ClientAuthenticationMethod BY_ASSERTION =
      new ClientAuthenticationMethod(TYPE);
  private static final int LONGEST_ASSERTION = 8 * 1024;

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    String[] assertions = request.getParameterValues("client_assertion");
    String[] types = request.getParameterValues("client_assertion_type");
    if (assertions == null || types == null) {
      return null;
    }
    if (assertions.length != 1
        || types.length != 1
        || !TYPE.equals(types[0])
        || assertions[0].length() > LONGEST_ASSERTION) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
    }
    return new OAuth2ClientAuthenticationToken(
        named(assertions[0]), BY_ASSERTION, assertions[0], others(request));
  }

  private static String named(String assertion) {
    String client = claimed(assertion);
    if (client.isEmpty()) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return client;
  }

  /** Whose assertion it says it is; empty where it says nothing that can be read. */
  static String claimed(@Nullable String assertion) {
    if (assertion == null || assertion.length() > LONGEST_ASSERTION) {
      return "";
    }
    try {
      String subject = JWTParser.parse(assertion).getJWTClaimsSet().getSubject();
      return subject == null ? "" : subject;
    } catch (ParseException malformed) {
      return "";
    }
  }

  private static Map<String, Object> others(HttpServletRequest request) {
    Map<String, Object> others = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> others.put(name, one(values)));
    others.remove("client_assertion");
    others.remove("client_assertion_type");
    return others;
  }

  private static Object one(String[] values) {
    return values.length == 1 ? values[0] : Arrays.copyOf(values, values.length);
  }
}
