package io.fingerpost.routes.inbound.self;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Practitioner;
import org.jspecify.annotations.Nullable;

/** Who filled the form in: the person, somebody close to them, or somebody at work. */
final class Referrer {

  /** SNOMED CT: referred by self. */
  static final String THE_PERSON = "1991000124105";

  /** Family, carer, friend: close to the person, and not at work. */
  private static final Set<String> CLOSE =
      Set.of("185373006", "1065391000000104", "friend-or-neighbour", "other");

  private final Answers answers;
  private final Coding who;

  Referrer(Answers answers) {
    this.answers = answers;
    this.who = answers.codings("who").get(0);
  }

  boolean isThePerson() {
    return who.getCode().equals(THE_PERSON);
  }

  /** Somebody who answers for it by their work. */
  boolean isAtWork() {
    return !isThePerson() && !CLOSE.contains(who.getCode());
  }

  CodeableConcept source() {
    return new CodeableConcept()
        .addCoding(new Coding().setSystem(who.getSystem()).setCode(who.getCode()));
  }

  /** Null where nobody at work refers; a daughter is no practitioner. */
  @Nullable Practitioner practitioner() {
    if (!isAtWork()) {
      return null;
    }
    Practitioner practitioner = new Practitioner();
    answers
        .text("referrer-name")
        .ifPresent(name -> practitioner.addName(new HumanName().setText(name)));
    answers
        .text("referrer-telephone")
        .ifPresent(number -> practitioner.addTelecom(work(ContactPointSystem.PHONE, number)));
    answers
        .text("referrer-email")
        .ifPresent(address -> practitioner.addTelecom(work(ContactPointSystem.EMAIL, address)));
    return practitioner;
  }

  private static ContactPoint work(ContactPointSystem system, String value) {
    return new ContactPoint().setSystem(system).setValue(value).setUse(ContactPointUse.WORK);
  }

  /** Whom to ask back; empty where it is the person. */
  String note() {
    String words =
        Stream.of(
                "referrer-name",
                "referrer-role",
                "referrer-organisation",
                "referrer-telephone",
                "referrer-email")
            .flatMap(question -> answers.text(question).stream())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : "Asked for by: " + words;
  }
}
