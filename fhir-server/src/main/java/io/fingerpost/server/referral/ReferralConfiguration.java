package io.fingerpost.server.referral;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import io.fingerpost.server.storage.OnFhirServerRole;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What holds writes to the referral's state machine. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class ReferralConfiguration {

  @Bean
  LegalMoves legalMoves(DaoRegistry daos, JdbcClient jdbc) {
    return new LegalMoves(new ReferralRecords(daos, jdbc));
  }

  @Bean
  RecordsInStep recordsInStep(
      DaoRegistry daos, JdbcClient jdbc, Clock clock, ConsentsInForce consents) {
    ReferralRecords records = new ReferralRecords(daos, jdbc);
    return new RecordsInStep(
        records, new Consequences(records, clock), new HeldReferrals(records, consents));
  }
}
