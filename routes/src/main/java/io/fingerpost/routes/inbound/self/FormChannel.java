package io.fingerpost.routes.inbound.self;

import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.partners.PartnerRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the spine its translator of forms, and the FHIR server the operation that feeds it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FormSettings.class)
class FormChannel {

  @Bean
  FormTranslator formTranslator(PartnerRegistry partners) {
    return new FormTranslator(partners);
  }

  /** The spine is asked for when the server starts: it speaks to the store that server serves. */
  @Bean
  ResourceProviderFactory formOperation(
      ObjectProvider<Spine> spine, PartnerRegistry partners, FormSettings settings) {
    ResourceProviderFactory operations = new ResourceProviderFactory();
    operations.addSupplier(
        () ->
            new FormOperation(
                Intake.of(spine.getObject(), FormTranslator.CHANNEL), partners, settings));
    return operations;
  }
}
