package io.fingerpost.routes.outbound.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.model.v251.message.RRI_I12;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Address;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Decision;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Person;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Scheme;
import io.fingerpost.routes.outbound.hospital.ReferralResponse.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferralResponseWriterTest {

  private static final Decision ACCEPTED =
      new Decision(Status.ACCEPTED, "REF-2026-001", "SR-1", null, null);
  private static final Person BRIAN = new Person("9990000018", "633", "COX", "Brian");
  private static final Scheme CONNECT = new Scheme("Z9S01", "Wexcombe Connect", "WREN", "Jenny");

  private final ReferralResponseWriter writer = new ReferralResponseWriter();

  @Test
  void tellsThatAReferralWasAccepted() {
    assertThat(text("2.5.1", "A1", ACCEPTED, BRIAN, CONNECT))
        .isEqualTo(
            """
            MSH|^~\\&|FINGERPOST|Z9S01|ALDHELM|Z9H01|20260304090000+0000||RRI^I12^RRI_I12|R1|P|2.5.1||||||UNICODE UTF-8
            MSA|AA|A1
            RF1|A^Accepted^HL70283|||||REF-2026-001|20260304090000+0000||||SR-1
            PRD|RT^Referred to provider^HL70286|WREN^Jenny||^^^Z9S01^^^^^Wexcombe Connect
            PID|1||9990000018^^^NHS^NH~633^^^Z9H01^MR||COX^Brian
            """);
  }

  @Test
  void leavesOutWhatIsNotKnownAndSpeaksTheSendersVersion() {
    assertThat(
            text(
                "2.3",
                null,
                ACCEPTED,
                new Person(null, "633", null, null),
                new Scheme("Z9S01", "Wexcombe Connect", null, null)))
        .isEqualTo(
            """
            MSH|^~\\&|FINGERPOST|Z9S01|ALDHELM|Z9H01|20260304090000+0000||RRI^I12|R1|P|2.3||||||UNICODE UTF-8
            RF1|A^Accepted^HL70283|||||REF-2026-001|20260304090000+0000||||SR-1
            PRD|RT^Referred to provider^HL70286|||^^^Z9S01^^^^^Wexcombe Connect
            PID|1||633^^^Z9H01^MR
            """);
  }

  @Test
  void isReadByAnHl7ParserWhateverIsInIt() throws Exception {
    Decision rejected =
        new Decision(
            Status.REJECTED, "A|1", "SR-1", "871711000000103", "Says & means ^no~\nthanks");
    byte[] message = written("2.5.1", "A&1", rejected, BRIAN, CONNECT);
    try (DefaultHapiContext hapi =
        new DefaultHapiContext(ValidationContextFactory.noValidation())) {
      RRI_I12 read =
          (RRI_I12) hapi.getPipeParser().parse(new String(message, StandardCharsets.UTF_8));
      assertThat(read.getMSA().getMessageControlID().getValue()).isEqualTo("A&1");
      assertThat(read.getRF1().getReferralStatus().getIdentifier().getValue()).isEqualTo("R");
      assertThat(read.getRF1().getOriginatingReferralIdentifier().getEntityIdentifier().getValue())
          .isEqualTo("A|1");
      assertThat(read.getRF1().getReferralReason(0).getText().getValue())
          .startsWith("Says & means ^no~");
      assertThat(read.getPID().getPatientIdentifierList(0).getIDNumber().getValue())
          .isEqualTo("9990000018");
      assertThat(read.getPROVIDER_CONTACT().getPRD().getProviderRole(0).getIdentifier().getValue())
          .isEqualTo("RT");
    }
  }

  private String text(
      String version, @Nullable String inReplyTo, Decision decision, Person person, Scheme scheme) {
    return new String(written(version, inReplyTo, decision, person, scheme), StandardCharsets.UTF_8)
        .replace('\r', '\n');
  }

  private byte[] written(
      String version, @Nullable String inReplyTo, Decision decision, Person person, Scheme scheme) {
    return writer.write(
        new ReferralResponse(
            "R1",
            Instant.parse("2026-03-04T09:00:00Z"),
            version,
            new Address("FINGERPOST", "Z9S01"),
            new Address("ALDHELM", "Z9H01"),
            inReplyTo,
            decision,
            person,
            scheme));
  }
}
