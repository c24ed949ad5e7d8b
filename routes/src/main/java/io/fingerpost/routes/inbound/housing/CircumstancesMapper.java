package io.fingerpost.routes.inbound.housing;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.ReasonableAdjustment;
import io.fingerpost.routes.inbound.housing.HousingReferral.AccessNeed;
import io.fingerpost.routes.inbound.housing.HousingReferral.Accommodation;
import io.fingerpost.routes.inbound.housing.HousingReferral.Household;
import io.fingerpost.routes.inbound.housing.HousingReferral.Risk;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * Turns what whoever meets the person should know into Flags and Observations. Of the others in the
 * household no name is taken: they have agreed to nothing.
 *
 * <pre>
 * {"household": {"people": 2, "others": [{"relationship": "child", "age": 9}]},
 *  "accommodation": {"type": "flat", "bedrooms": 2, "wheelchairStandard": false},
 *  "accessNeeds": [{"code": "step-free"}], "illnessAffects": ["illness_type_3"],
 *  "risks": [{"instruction": "Ring from the gate.", "since": "2026-01-31"}]}
 * </pre>
 */
final class CircumstancesMapper {

  private final CoreLettings core;
  private final OdsCode sender;

  CircumstancesMapper(CoreLettings core, OdsCode sender) {
    this.core = core;
    this.sender = sender;
  }

  List<DomainResource> toSupporting(HousingReferral sent) {
    List<DomainResource> supporting = new ArrayList<>();
    sent.risks().forEach(risk -> supporting.add(risk(risk)));
    for (AccessNeed need : sent.accessNeeds()) {
      adjustment(need).ifPresent(supporting::add);
    }
    DateTimeType at = new DateTimeType(sent.referredAt());
    if (sent.household() != null) {
      supporting.add(finding("Household", words(sent.household()), at));
    }
    if (sent.accommodation() != null) {
      supporting.add(finding("Accommodation", words(sent.accommodation()), at));
    }
    for (String column : sent.illnessAffects()) {
      CodeableConcept effect = new CodeableConcept().addCoding(core.illness(column));
      supporting.add(finding("What a long illness affects, in the household", effect, at));
    }
    return supporting;
  }

  private Flag risk(Risk sent) {
    Flag flag = new Flag().setStatus(Flag.FlagStatus.ACTIVE);
    flag.getMeta().addSecurity(ConsentTerms.R.toCoding());
    flag.addCategory()
        .addCoding()
        .setSystem(SystemUrl.FLAG_CATEGORY.url())
        .setCode("risk-to-visitors")
        .setDisplay("Risk to visiting staff");
    flag.setCode(new CodeableConcept().setText(sent.instruction()));
    flag.getPeriod().setStartElement(new DateTimeType(sent.since()));
    if (sent.until() != null) {
      flag.getPeriod().setEndElement(new DateTimeType(sent.until()));
    }
    return flag.setAuthor(author());
  }

  /** Empty where the landlord says that there is none, or that nobody knows. */
  private Optional<Flag> adjustment(AccessNeed sent) {
    Optional<String> need =
        sent.code().startsWith("housingneeds_")
            ? core.accessNeed(sent.code()).code()
            : Optional.of(sent.code());
    return need.map(code -> ReasonableAdjustment.of(code, sent.text(), sender));
  }

  private Reference author() {
    return new Reference().setType("Organization").setIdentifier(sender.toIdentifier());
  }

  private static Observation finding(String what, String words, DateTimeType at) {
    return finding(what, new StringType(words), at);
  }

  private static Observation finding(String what, Type value, DateTimeType at) {
    Observation observation = new Observation().setStatus(ObservationStatus.FINAL);
    observation
        .addCategory()
        .addCoding()
        .setSystem(SystemUrl.OBSERVATION_CATEGORY.url())
        .setCode("social-history");
    observation.setCode(new CodeableConcept().setText(what));
    observation.setEffective(at.copy());
    observation.setValue(value);
    return observation;
  }

  /** {@code 3 people: partner, 34; child, 9}. */
  private static String words(Household sent) {
    String others =
        sent.others().stream()
            .map(
                other ->
                    other.relationship().replace('-', ' ')
                        + (other.age() == null ? "" : ", " + other.age()))
            .collect(Collectors.joining("; "));
    int people = sent.people() == null ? sent.others().size() + 1 : sent.people();
    return (people == 1 ? "1 person" : people + " people")
        + (others.isEmpty() ? "" : ": " + others);
  }

  /** {@code flat, let as supported, 2 bedrooms, not of wheelchair standard}. */
  private static String words(Accommodation sent) {
    List<String> words = new ArrayList<>();
    if (sent.type() != null) {
      words.add(sent.type().replace('-', ' '));
    }
    if (sent.letAs() != null) {
      words.add("let as " + sent.letAs().replace('-', ' '));
    }
    if (sent.bedrooms() != null) {
      words.add(sent.bedrooms() == 1 ? "1 bedroom" : sent.bedrooms() + " bedrooms");
    }
    if (sent.wheelchairStandard() != null) {
      words.add((sent.wheelchairStandard() ? "" : "not ") + "of wheelchair standard");
    }
    return String.join(", ", words);
  }
}
