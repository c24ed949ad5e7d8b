package io.fingerpost.routes.inbound.gp;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import io.fingerpost.routes.inbound.Translator;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.partners.PartnerSettings;
import io.fingerpost.terminology.CodeTranslator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class GpChannelTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withUserConfiguration(GpChannel.class)
          .withBean(CodeTranslator.class, () -> new CodeTranslator())
          .withBean(
              PartnerRegistry.class,
              () -> new PartnerRegistry(new PartnerSettings(GpMessages.SCHEME, List.of())));

  @Test
  void offersTranslatorAndOperationBeforeTheSpineIsThere() {
    context.run(
        started -> {
          assertThat(started).hasSingleBean(Translator.class);
          assertThat(started).hasSingleBean(ResourceProviderFactory.class);
          assertThat(started.getBean(GpSettings.class).maxSize())
              .isEqualTo(DataSize.ofMegabytes(1));
        });
  }

  @Test
  void doesNotStartOnAWrongLimit() {
    context
        .withPropertyValues("fingerpost.gp.max-size=5GB")
        .run(started -> assertThat(started).hasFailed());
  }
}
