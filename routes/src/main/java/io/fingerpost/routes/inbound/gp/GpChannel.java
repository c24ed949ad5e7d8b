package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.terminology.CodeTranslator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the spine its GP translator, and the FHIR server the operation that feeds it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GpSettings.class)
class GpChannel {

  @Bean
  GpTranslator gpTranslator(CodeTranslator codes, GpSettings settings) {
    return new GpTranslator(codes, settings.attachments());
  }

  /** The spine is asked for when the server starts: it speaks to the store that server serves. */
  @Bean
  ResourceProviderFactory gpMessageOperation(
      ObjectProvider<Spine> spine, PartnerRegistry partners, GpSettings settings) {
    ResourceProviderFactory operations = new ResourceProviderFactory();
    operations.addSupplier(
        () ->
            new GpMessageOperation(
                Intake.of(spine.getObject(), GpTranslator.CHANNEL), partners, settings));
    return operations;
  }
}
