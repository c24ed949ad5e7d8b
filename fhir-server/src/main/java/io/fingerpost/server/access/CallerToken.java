package io.fingerpost.server.access;

import java.util.List;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** A token that was found good, and whom it stands for by the registry as it is now. */
final class CallerToken extends JwtAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final transient Caller caller;

  CallerToken(Jwt token, Caller caller) {
    super(token, List.of(), caller.client());
    this.caller = caller;
  }

  Caller caller() {
    return caller;
  }
}
