package io.fingerpost.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.server.access.Client.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Who asks, as its token says: the client, the organisation it asks for, and why.
 *
 * @param purpose purpose of use, a v3-ActReason code
 */
public record Caller(
    String client,
    String organisation,
    String kind,
    Set<Role> roles,
    Set<String> scopes,
    String purpose) {

  private static final String KEY = Caller.class.getName();

  public boolean is(Role role) {
    return roles.contains(role);
  }

  /**
   * The caller of a request, kept with the request: searches go on in threads of their own, where
   * the security context is not.
   */
  public static Optional<Caller> of(RequestDetails request) {
    if (request.getUserData().get(KEY) instanceof Caller known) {
      return Optional.of(known);
    }
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken authentication) {
      Caller caller = from(authentication.getToken());
      request.getUserData().put(KEY, caller);
      return Optional.of(caller);
    }
    return Optional.empty();
  }

  private static Caller from(Jwt token) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    List<String> named = token.getClaimAsStringList(TokenClaims.ROLES);
    named.forEach(name -> roles.add(Role.valueOf(name)));
    return new Caller(
        token.getSubject(),
        token.getClaimAsString(TokenClaims.ORGANISATION),
        token.getClaimAsString(TokenClaims.KIND),
        roles,
        Set.of(token.getClaimAsString("scope").split(" ")),
        token.getClaimAsString(TokenClaims.PURPOSE));
  }
}
