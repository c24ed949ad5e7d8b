package io.fingerpost.server.access;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/** The registered clients, as the token endpoint knows them: by signed assertion only. */
@Component
class Clients implements RegisteredClientRepository, RegisteredClients {

  private final Registry registry;
  private final AccessSettings.Access access;

  Clients(Registry registry, AccessSettings settings) {
    this.registry = registry;
    this.access = settings.access();
  }

  @Override
  public Collection<Client> all() {
    return registry.all();
  }

  @Override
  public @Nullable RegisteredClient findByClientId(String id) {
    return registry.find(id).map(this::registered).orElse(null);
  }

  @Override
  public @Nullable RegisteredClient findById(String id) {
    return findByClientId(id);
  }

  @Override
  public void save(RegisteredClient client) {
    throw new UnsupportedOperationException("clients are registered in the registry file");
  }

  private RegisteredClient registered(Client client) {
    return RegisteredClient.withId(client.client())
        .clientId(client.client())
        .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(scopes -> scopes.addAll(client.scopes()))
        .clientSettings(
            ClientSettings.builder()
                .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS384)
                .build())
        .tokenSettings(
            TokenSettings.builder().accessTokenTimeToLive(access.tokenLifetime()).build())
        .build();
  }
}
