package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.profiles.CodesElsewhere;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.server.storage.OnFhirServerRole;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The definitions on the FHIR API, the questions about codes, and who else is asked them. */
@Configuration(proxyBeanMethods = false)
@OnFhirServerRole
class VocabularyConfiguration {

  @Bean
  @ConditionalOnProperty("fingerpost.terminology.server")
  CodesElsewhere codesElsewhere(TerminologySettings settings, MeterRegistry meters, Clock clock) {
    String base = Objects.requireNonNull(settings.server());
    Patience patience = new Patience(meters, clock, settings.pause());
    TerminologySettings.Credentials credentials = settings.credentials();
    return new CodesElsewhere(
        credentials == null
            ? new TerminologyServer(base, settings, patience)
            : new TerminologyServer(
                base, settings, patience, new BearerToken(settings, credentials, clock)));
  }

  @Bean
  ResourceProviderFactory vocabularyProviders(
      FhirContext context,
      ProfileValidator validator,
      Optional<CodesElsewhere> elsewhere,
      Clock clock) {
    PublishedDefinitions definitions = new PublishedDefinitions(context);
    IValidationSupport known = validator.known();
    Optional<TerminologyServer> server =
        elsewhere
            .map(CodesElsewhere::support)
            .filter(TerminologyServer.class::isInstance)
            .map(TerminologyServer.class::cast);
    ResourceProviderFactory providers = new ResourceProviderFactory();
    providers.addSupplier(() -> new DefinitionProvider<>(definitions, CodeSystem.class));
    providers.addSupplier(() -> new DefinitionProvider<>(definitions, ValueSet.class));
    providers.addSupplier(() -> new DefinitionProvider<>(definitions, ConceptMap.class));
    providers.addSupplier(() -> new DefinitionProvider<>(definitions, StructureDefinition.class));
    providers.addSupplier(
        () -> new ValueSetOperations(new ValueSets(definitions, known, server, clock)));
    providers.addSupplier(() -> new CodeSystemOperations(definitions, known, server));
    providers.addSupplier(() -> new ConceptMapOperations(definitions, server));
    return providers;
  }
}
