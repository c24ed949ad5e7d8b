package io.fingerpost.routes;

import ca.uhn.fhir.repository.IRepository;
import io.fingerpost.routes.inbound.Contents;
import io.fingerpost.routes.inbound.DryRun;
import io.fingerpost.routes.inbound.HeldMessages;
import io.fingerpost.routes.inbound.PersonMatch;
import io.fingerpost.routes.inbound.RetrySettings;
import io.fingerpost.routes.inbound.SampleReader;
import io.fingerpost.routes.inbound.Samples;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.merging.Merging;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.MatchDecisions;
import io.fingerpost.routes.reliability.MessageLog;
import io.fingerpost.routes.reliability.NewestMessage;
import io.fingerpost.routes.reliability.SampleDesk;
import io.fingerpost.routes.reliability.UnmappedCodeTable;
import io.fingerpost.routes.reliability.UnmappedCodeTable.UnmappedCode;
import io.fingerpost.routes.reliability.UnmappedCodes;
import io.fingerpost.routes.store.PersonStore;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.Translation;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.springframework.boot.ApplicationRunner;
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
  CodeTranslator codeTranslator(UnmappedCodes unmappedCodes) {
    return new CodeTranslator(
        (map, code) -> unmappedCodes.notice(map.id(), code.system(), code.value()));
  }

  /** What this version maps is taken off the list of what the last one could not. */
  @Bean
  ApplicationRunner forgetWhatIsMappedNow(UnmappedCodeTable table) {
    CodeTranslator codes = new CodeTranslator();
    return started ->
        table.all().stream().filter(seen -> isMapped(codes, seen)).forEach(table::forget);
  }

  /** A map that is gone cannot be asked, and its codes wait for nobody. */
  private static boolean isMapped(CodeTranslator codes, UnmappedCode seen) {
    Optional<CodeMap> map =
        Stream.of(CodeMap.values()).filter(known -> known.id().equals(seen.map())).findFirst();
    return map.isEmpty()
        || !(codes.translate(map.get(), new Coding().setSystem(seen.system()).setCode(seen.code()))
                instanceof Translation.Unmapped unmapped
            && !unmapped.deliberate());
  }

  @Bean
  ReferralStore referralStore(IRepository repository) {
    return new ReferralStore(repository);
  }

  @Bean
  PersonStore personStore(IRepository repository) {
    return new PersonStore(repository);
  }

  @Bean
  PersonMatch personMatch(ReferralStore store, PartnerRegistry partners, MatchDecisions decisions) {
    return new PersonMatch(store, partners.scheme(), decisions);
  }

  @Bean
  Contents contents(
      ReferralStore store,
      PersonMatch people,
      NewestMessage newest,
      Merging merging,
      PartnerRegistry partners) {
    return Contents.of(new Contents.Records(store, people, newest), merging, partners.scheme());
  }

  @Bean
  HeldMessages heldMessages(ReferralStore store, PartnerRegistry partners) {
    return new HeldMessages(store, partners);
  }

  @Bean
  Spine spine(
      MessageLog messages,
      List<Translator> translators,
      Contents contents,
      HeldMessages held,
      Spine.Work work) {
    return new Spine(messages, translators, contents, held, work);
  }

  @Bean
  SampleDesk sampleDesk(
      PartnerRegistry partners,
      List<SampleReader> readers,
      List<Translator> translators,
      DryRun.Means means) {
    return new Samples(partners, readers, translators, means);
  }

  @Bean
  DryRun.Means dryRunMeans(
      Contents contents, MessageLog messages, ReferralStore store, Spine.Work work) {
    return new DryRun.Means(contents, messages, store, work);
  }

  @Bean
  Spine.Work inboundWork(
      PlatformTransactionManager transactions,
      Clock clock,
      RetrySettings retry,
      UnmappedCodes unmappedCodes) {
    return new Spine.Work(new TransactionTemplate(transactions), clock, retry, unmappedCodes);
  }
}
