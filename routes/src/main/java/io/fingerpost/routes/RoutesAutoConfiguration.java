package io.fingerpost.routes;

import ca.uhn.fhir.repository.IRepository;
import io.fingerpost.routes.inbound.PersonMatch;
import io.fingerpost.routes.inbound.ReferralTransaction;
import io.fingerpost.routes.inbound.RetrySettings;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.terminology.CodeTranslator;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings the routes into a process whose {@code fingerpost.roles} name them. */
@AutoConfiguration
@ConditionalOnExpression("'${fingerpost.roles}'.contains('routes')")
@ComponentScan
@ConfigurationPropertiesScan
public class RoutesAutoConfiguration {

  @Bean
  CodeTranslator codeTranslator() {
    return new CodeTranslator();
  }

  @Bean
  ReferralStore referralStore(IRepository repository) {
    return new ReferralStore(repository);
  }

  @Bean
  Spine spine(
      MessageLog messages,
      List<Translator> translators,
      ReferralStore store,
      PartnerRegistry partners,
      Spine.Work work) {
    return new Spine(
        messages,
        translators,
        new PersonMatch(store, partners.scheme()),
        new ReferralTransaction(partners.scheme()),
        store,
        work);
  }

  @Bean
  Spine.Work inboundWork(
      PlatformTransactionManager transactions, Clock clock, RetrySettings retry) {
    return new Spine.Work(new TransactionTemplate(transactions), clock, retry);
  }
}
