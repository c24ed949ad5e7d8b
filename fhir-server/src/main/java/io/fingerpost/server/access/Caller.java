package io.fingerpost.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import io.fingerpost.server.access.Client.Role;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks, as its token and the registry say: the client, the organisation it asks for, and why.
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
    if (SecurityContextHolder.getContext().getAuthentication() instanceof CallerToken token) {
      request.getUserData().put(KEY, token.caller());
      return Optional.of(token.caller());
    }
    return Optional.empty();
  }
}
