package io.fingerpost.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

class TracingConfigurationTest {

  private final DriverManagerDataSource database = new DriverManagerDataSource("jdbc:none:");
  private final ApplicationContextRunner program =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class, TracingConfiguration.class)
          .withBean(FhirContext.class, FhirContext::forR4Cached)
          .withBean(DaoRegistry.class, () -> new DaoRegistry(FhirContext.forR4Cached()))
          .withBean(JdbcClient.class, () -> JdbcClient.create(database))
          .withBean(
              PlatformTransactionManager.class, () -> new DataSourceTransactionManager(database))
          .withBean(Clock.class, Clock::systemUTC)
          .withPropertyValues("fingerpost.roles=fhir-server,routes", "fingerpost.pds.poll=1h");

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(PdsSettings.class)
  static class Settings {}

  private Path key = Path.of("none");

  @BeforeEach
  void writeKey(@TempDir Path folder) throws IOException {
    key = Files.writeString(folder.resolve("pds.jwk"), Pds.KEY.toJSONString());
  }

  @Test
  void tracesNobodyUnlessTheServiceIsNamed() {
    program.run(
        context -> {
          assertThat(context).hasNotFailed().doesNotHaveBean(Tracer.class);
          assertThat(context).doesNotHaveBean(TraceOnWrite.class);
        });
  }

  @Test
  void tracesWhereItIs() {
    withService("https://pds.example/personal-demographics/FHIR/R4")
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(TraceOnWrite.class);
              assertThat(context.getBean(Tracer.class).isRunning()).isTrue();
            });
  }

  @Test
  void doesNotStartWithHalfOfIt() {
    program
        .withPropertyValues("fingerpost.pds.base=https://pds.example/FHIR/R4")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void doesNotStartWhereNamesWouldGoOverTheWireInClear() {
    withService("http://pds.example/FHIR/R4").run(context -> assertThat(context).hasFailed());
  }

  @Test
  void doesNotStartWithoutAKeyThatHasAnId() throws IOException {
    Files.writeString(key, Pds.KEY.toPublicJWK().toJSONString());
    withService("https://pds.example/FHIR/R4").run(context -> assertThat(context).hasFailed());
  }

  private ApplicationContextRunner withService(String base) {
    return program.withPropertyValues(
        "fingerpost.pds.base=" + base,
        "fingerpost.pds.token-url=https://pds.example/oauth2/token",
        "fingerpost.pds.api-key=made-up",
        "fingerpost.pds.key-file=" + key);
  }
}
