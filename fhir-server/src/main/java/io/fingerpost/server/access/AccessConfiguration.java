package io.fingerpost.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Who gets through to what with a token, and what is open to everyone. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  private static final String[] OPEN = {
    "/fhir/metadata", "/fhir/.well-known/smart-configuration", "/fhir/api-docs"
  };

  private static final int LONGEST_TOKEN = 8 * 1024;

  private static final BearerTokenResolver TOKENS = shortOnesOf(new DefaultBearerTokenResolver());

  private static BearerTokenResolver shortOnesOf(BearerTokenResolver all) {
    return request -> {
      String token = all.resolve(request);
      if (token != null && token.length() > LONGEST_TOKEN) {
        throw new InvalidBearerTokenException("too long");
      }
      return token;
    };
  }

  @Bean
  SigningKeys signingKeys(AccessSettings settings, Clock clock) {
    return new SigningKeys(settings.access().signingKeys(), clock);
  }

  /** Ours alone: signed by us with the one signature we make, for this server, and not too old. */
  @Bean
  JwtDecoder tokenDecoder(SigningKeys keys, AccessSettings settings, Clock clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    JwtTimestampValidator time = new JwtTimestampValidator(AccessSettings.Access.SKEW);
    time.setClock(clock);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            time,
            new JwtIssuerValidator(settings.access().issuer()),
            new JwtAudienceValidator(settings.access().audience())));
    return decoder;
  }

  @Bean
  MeterBinder registryMetric(Registry registry) {
    return meters ->
        Gauge.builder("fingerpost.registry.faulty", registry, it -> it.isFaulty() ? 1 : 0)
            .description("1 while the registry file cannot be used, and the last good one holds")
            .register(meters);
  }

  @Bean
  @Order(2)
  SecurityFilterChain management(HttpSecurity http, TokenHolders holders) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(holders)))
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
    return who instanceof CallerToken token && token.caller().is(Client.Role.OPERATOR);
  }

  @Bean
  @Order(3)
  SecurityFilterChain everythingElse(
      HttpSecurity http, TokenHolders holders, Registry registry, RateSettings rates)
      throws Exception {
    HousingAccess housing = new HousingAccess();
    return http.csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(holders))
                    .bearerTokenResolver(TOKENS)
                    .authenticationEntryPoint(new FhirUnauthorized()))
        .addFilterAfter(new ClientRates(registry, rates), BearerTokenAuthenticationFilter.class)
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(new FhirUnauthorized())
                    .accessDeniedHandler(housing))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(OPEN)
                    .permitAll()
                    .requestMatchers(HousingAccess.OPEN)
                    .permitAll()
                    .requestMatchers(HousingAccess.PATHS)
                    .access(housing::decide)
                    .requestMatchers("/console/**")
                    .access((who, context) -> new AuthorizationDecision(isOperator(who.get())))
                    .anyRequest()
                    .authenticated())
        .build();
  }
}
