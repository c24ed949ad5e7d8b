package io.fingerpost.routes.sharing;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives sharing its clock and its patience. */
@Configuration(proxyBeanMethods = false)
class SharingConfiguration {

  @Bean
  Sharing.Tries sharingTries(SharingSettings settings, Clock clock) {
    return new Sharing.Tries(settings, clock);
  }
}
