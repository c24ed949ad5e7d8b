package io.fingerpost.server.access;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;

/** {@code /oauth2/token}: a token for a signed assertion, and nothing else of OAuth. */
@Configuration(proxyBeanMethods = false)
class TokenEndpoint {

  @Bean
  AuthorizationServerSettings authorizationServerSettings(AccessSettings settings) {
    return AuthorizationServerSettings.builder().issuer(settings.access().issuer()).build();
  }

  @Bean
  JwtEncoder tokenEncoder(SigningKeys keys) {
    NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
    encoder.setJwkSelector(fitting -> fitting.get(0));
    return encoder;
  }

  @Bean
  @Order(1)
  SecurityFilterChain tokens(HttpSecurity http, Assertions assertions, RateSettings rates)
      throws Exception {
    OAuth2AuthorizationServerConfigurer server =
        OAuth2AuthorizationServerConfigurer.authorizationServer();
    return http.securityMatcher("/oauth2/token")
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .with(
            server,
            configurer ->
                configurer
                    .clientAuthentication(
                        client ->
                            client
                                .authenticationConverter(new AssertionRequests())
                                .authenticationProviders(readAssertionsWith(assertions)))
                    .tokenEndpoint(endpoint -> endpoint.authenticationProviders(checkScopes())))
        .addFilterBefore(new FailedAssertions(rates), LogoutFilter.class)
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }

  private static Consumer<List<AuthenticationProvider>> readAssertionsWith(Assertions assertions) {
    return providers ->
        providers.forEach(
            provider -> {
              if (provider instanceof JwtClientAssertionAuthenticationProvider byAssertion) {
                byAssertion.setJwtDecoderFactory(assertions);
              }
            });
  }

  private static Consumer<List<AuthenticationProvider>> checkScopes() {
    return providers ->
        providers.forEach(
            provider -> {
              if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider ofClients) {
                ofClients.setAuthenticationValidator(new ScopesAsked());
              }
            });
  }
}
