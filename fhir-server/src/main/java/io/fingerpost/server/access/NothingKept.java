package io.fingerpost.server.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Component;

/** Tokens carry what they are good for, so none is kept; the library's own keeps all for ever. */
@Component
class NothingKept implements OAuth2AuthorizationService {

  @Override
  public void save(OAuth2Authorization authorization) {
    // nothing is looked up again
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    // nothing is there
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return null;
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
    return null;
  }
}
