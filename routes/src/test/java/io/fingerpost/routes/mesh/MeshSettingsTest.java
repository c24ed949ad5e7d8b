package io.fingerpost.routes.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class MeshSettingsTest {

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(MeshSettings.class)
  static class Settings {}

  private final ApplicationContextRunner program =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withPropertyValues(
              "fingerpost.mesh.url=https://mesh.example/",
              "fingerpost.mesh.shared-key-file=key",
              "fingerpost.mesh.mailboxes[0].id=X26WEX1",
              "fingerpost.mesh.mailboxes[0].password-file=password",
              "fingerpost.mesh.mailboxes[0].workflows=REFERRAL");

  @Test
  void areOffUnlessAMailboxIsNamed() {
    new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .run(started -> assertThat(started.getBean(MeshSettings.class).mailboxes()).isEmpty());
  }

  @Test
  void answerByTheFirstWorkflowUnlessAnotherIsNamed() {
    program.run(
        started -> {
          MeshSettings settings = started.getBean(MeshSettings.class);
          assertThat(settings.base()).isEqualTo("https://mesh.example");
          assertThat(settings.mailboxes().get(0).workflowOfAnswers()).isEqualTo("REFERRAL_ACK");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url=http://mesh.example",
        "url=ftp://localhost",
        "url=",
        "max-size=500B",
        "max-size=1GB",
        "mailboxes[0].id=../X26",
        "mailboxes[0].workflows=",
        "mailboxes[1].id=X26WEX1",
        "pace.poll=1ms",
        "pace.lease=10s"
      })
  void stopTheProgramFromStartingWhereTheyAreWrong(String wrong) {
    program
        .withPropertyValues(
            "fingerpost.mesh." + wrong,
            "fingerpost.mesh.mailboxes[1].password-file=password",
            "fingerpost.mesh.mailboxes[1].workflows=REFERRAL")
        .withPropertyValues(
            wrong.startsWith("mailboxes[1]")
                ? "ignored="
                : "fingerpost.mesh.mailboxes[1].id=X26WEX2")
        .run(started -> assertThat(started).hasFailed());
  }
}
