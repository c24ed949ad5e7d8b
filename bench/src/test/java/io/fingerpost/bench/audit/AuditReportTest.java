package io.fingerpost.bench.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fingerpost.bench.Arguments;
import io.fingerpost.bench.WrongUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is printed of what the server says, and how it is asked. */
class AuditReportTest {

  private static final String HEAD = "2:" + "ab".repeat(32);

  @Test
  void printsWhatWasCheckedAndTheHead() throws JsonProcessingException {
    AuditReport report =
        report(
            """
            {"name":"intact","valueBoolean":true},{"name":"blocks","valueDecimal":2},
            {"name":"events","valueDecimal":7},{"name":"removed","valueDecimal":0},
            {"name":"unsealed","valueDecimal":1},{"name":"head","valueString":"%s"},
            {"name":"key","valueString":"k"},{"name":"signature","valueString":"s"}
            """
                .formatted(HEAD));

    assertThat(report.isIntact()).isTrue();
    assertThat(report.lines())
        .containsExactly(
            "checked: 2 blocks, 7 events in them, 1 not sealed yet; 0 removed when their retention"
                + " had passed",
            "head: " + HEAD,
            "signature: s by key k",
            "intact");
  }

  @Test
  void namesWhatIsNotAsItWasWritten() throws JsonProcessingException {
    AuditReport report =
        report(
            """
            {"name":"intact","valueBoolean":false},
            {"name":"fault","part":[{"name":"code","valueString":"EVENT_ALTERED"},
              {"name":"block","valueDecimal":2},{"name":"event","valueString":"e"}]}
            """);

    assertThat(report.isIntact()).isFalse();
    assertThat(report.lines()).last().isEqualTo("NOT INTACT: EVENT_ALTERED block 2 event e");
  }

  @Test
  void takesNothingElseForIntact() throws JsonProcessingException {
    assertThat(report("").isIntact()).isFalse();
  }

  @Test
  void asksSinceAHeadAsItWasPrintedAndNothingElse() {
    assertThat(AuditCommand.query(Arguments.of(List.of()))).isEmpty();
    assertThat(AuditCommand.query(Arguments.of(List.of("--since", HEAD))))
        .isEqualTo("?since=" + HEAD.replace(":", "%3A"));
    assertThatThrownBy(() -> AuditCommand.query(Arguments.of(List.of("--since", "yesterday"))))
        .isInstanceOf(WrongUsage.class);
  }

  private static AuditReport report(String parameters) throws JsonProcessingException {
    return new AuditReport(
        new ObjectMapper()
            .readTree("{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}"));
  }
}
