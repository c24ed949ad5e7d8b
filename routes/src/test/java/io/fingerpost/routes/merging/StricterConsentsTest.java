package io.fingerpost.routes.merging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.routes.merging.StricterConsents.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StricterConsentsTest {

  /**
   * Consents are written {@code <what>@<day>}, of the surviving record and of the replaced one. A
   * closed one is named by its side and its place.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          # case;                                        surviving;           has records; replaced;             has records; closed
          nothing on either;                             '';                  true;        '';                   true;        ''
          an empty duplicate;                            permit@1;            true;        '';                   false;       ''
          everything is the duplicate's;                 '';                  false;       permit@1;             true;        ''
          records nobody agreed to share;                permit@1;            true;        '';                   true;        S1
          records nobody agreed to share on this side;   '';                  true;        permit@1;             true;        R1
          a refusal prevails over what agrees;           permit@2;            true;        rejected@1;           true;        S1
          a refusal prevails even with nothing beside;   permit@2;            true;        deny@1;               false;       S1
          a refusal on the side that stays;              rejected@1;          true;        permit@2;             true;        R1
          both agree to the same;                        permit@1;            true;        permit@2;             true;        ''
          both refused;                                  rejected@1;          true;        deny@2;               true;        ''
          they agree to different things;                permit@1;            true;        landlord@2;           true;        S1 R1
          a permission with an exception;                permit-but@1;        true;        permit@2;             true;        S1 R1
          a refusal with an exception opens, too;        deny-but@1;          true;        '';                   true;        S1
          the last word is the same on both;             deny@1 permit@2;     true;        deny@3 permit@4;      true;        ''
          the last word differs;                         deny@1 permit@2;     true;        permit@3 deny@4;      true;        S2 R1
          an opt-out opens nothing;                      opt-out@1;           true;        permit@2;             true;        R1
          what counts for nothing keeps nothing open;    inactive@1 draft@2;  true;        permit@2;             true;        R1
          what counts for nothing is not closed;         inactive@1;          true;        '';                   true;        ''
          one that says no rule;                         active@1;            true;        '';                   true;        S1
          """)
  void closesWhatCouldOpenMoreThanBefore(
      String name,
      String surviving,
      boolean survivingHolds,
      String replaced,
      boolean replacedHolds,
      String closed) {
    Side stays = new Side(consents("S", surviving), survivingHolds);
    Side goes = new Side(consents("R", replaced), replacedHolds);

    assertThat(StricterConsents.closing(stays, goes))
        .extracting(consent -> consent.getIdElement().getIdPart())
        .containsExactlyElementsOf(words(closed));
  }

  @Test
  void leavesWhatItIsGivenAsItIs() {
    List<Consent> given = consents("S", "permit@1");
    Consent before = given.get(0).copy();

    StricterConsents.closing(new Side(given, true), new Side(List.of(), true));

    assertThat(given.get(0).equalsDeep(before)).isTrue();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  private static List<Consent> consents(String side, String text) {
    List<Consent> consents = new ArrayList<>();
    for (String word : words(text)) {
      String[] parts = word.split("@");
      Consent consent = consent(parts[0]);
      consent.setId(side + (consents.size() + 1));
      consent.setPatient(new Reference("Patient/" + side));
      consent.setDateTimeElement(new DateTimeType("2026-01-0" + parts[1]));
      consents.add(consent);
    }
    return consents;
  }

  private static Consent consent(String what) {
    Consent consent = new Consent().setStatus(ConsentState.ACTIVE);
    Consent.ProvisionComponent provision = consent.getProvision();
    switch (what) {
      case "permit" -> provision.setType(ConsentProvisionType.PERMIT);
      case "deny" -> provision.setType(ConsentProvisionType.DENY);
      case "rejected" -> consent.setStatus(ConsentState.REJECTED);
      case "landlord" ->
          provision
              .setType(ConsentProvisionType.PERMIT)
              .addActor()
              .setReference(new Reference("Organization/landlord"));
      case "permit-but" ->
          provision
              .setType(ConsentProvisionType.PERMIT)
              .addProvision()
              .setType(ConsentProvisionType.DENY);
      case "deny-but" ->
          provision
              .setType(ConsentProvisionType.DENY)
              .addProvision()
              .setType(ConsentProvisionType.PERMIT);
      case "opt-out" -> {
        consent.getPolicyRule().addCoding(new Coding().setCode("OPTOUT"));
        provision.setType(ConsentProvisionType.PERMIT);
      }
      case "inactive" -> {
        consent.setStatus(ConsentState.INACTIVE);
        provision.setType(ConsentProvisionType.PERMIT);
      }
      case "draft" -> {
        consent.setStatus(ConsentState.DRAFT);
        provision.setType(ConsentProvisionType.PERMIT);
      }
      case "active" -> {}
      default -> throw new IllegalArgumentException(what);
    }
    return consent;
  }
}
