package io.fingerpost.server.access;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Who gets through to what: tokens at {@code /oauth2/token}, and everything else with one. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  private static final String[] OPEN = {
    "/fhir/metadata", "/fhir/.well-known/smart-configuration", "/fhir/api-docs"
  };

  @Bean
  JWKSource<SecurityContext> signingKeySource(AccessSettings settings) {
    return new ImmutableJWKSet<>(SigningKeys.load(settings.access().signingKeys()));
  }

  @Bean
  JwtDecoder tokenDecoder(JWKSource<SecurityContext> keys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
  }

  @Bean
  AuthorizationServerSettings authorizationServerSettings(AccessSettings settings) {
    return AuthorizationServerSettings.builder().issuer(settings.access().issuer()).build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain tokenEndpoint(HttpSecurity http, Assertions assertions) throws Exception {
    OAuth2AuthorizationServerConfigurer server =
        OAuth2AuthorizationServerConfigurer.authorizationServer();
    return http.securityMatcher("/oauth2/token")
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .with(
            server,
            configurer ->
                configurer.clientAuthentication(
                    client ->
                        client
                            .authenticationConverter(new AssertionRequests())
                            .authenticationProviders(readAssertionsWith(assertions))))
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

  @Bean
  @Order(2)
  SecurityFilterChain management(HttpSecurity http) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(EndpointRequest.to("health"))
                    .permitAll()
                    .anyRequest()
                    .access(
                        (who, context) ->
                            new AuthorizationDecision(isLocal(context) || isOperator(who.get()))))
        .build();
  }

  /** A scraper on the machine itself; a request that was forwarded is not local. */
  private static boolean isLocal(RequestAuthorizationContext context) {
    boolean forwarded =
        context.getRequest().getHeader("X-Forwarded-For") != null
            || context.getRequest().getHeader("Forwarded") != null;
    String address = context.getRequest().getRemoteAddr();
    return !forwarded && (address.equals("127.0.0.1") || address.equals("0:0:0:0:0:0:0:1"));
  }

  private static boolean isOperator(Authentication who) {
    return who instanceof JwtAuthenticationToken token
        && token
            .getToken()
            .getClaimAsStringList(TokenClaims.ROLES)
            .contains(Client.Role.OPERATOR.name());
  }

  @Bean
  @Order(3)
  SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
    return http.csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .oauth2ResourceServer(
            server -> server.jwt(jwt -> {}).authenticationEntryPoint(new FhirUnauthorized()))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(new FhirUnauthorized()))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(OPEN)
                    .permitAll()
                    .requestMatchers("/console/**")
                    .access((who, context) -> new AuthorizationDecision(isOperator(who.get())))
                    .anyRequest()
                    .authenticated())
        .build();
  }
}
