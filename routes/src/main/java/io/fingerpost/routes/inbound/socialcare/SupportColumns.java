package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/**
 * Turns what has to be arranged for a person, and what a visitor has to know, into Flags.
 *
 * <pre>
 * accessibility,risk_to_visitors,risk_since
 * bsl-interpreter; step-free,Ring from the gate: there is a dog.,2026-01-12
 * </pre>
 */
final class SupportColumns {

  private final CouncilCodes codes;
  private final RowDates dates;

  SupportColumns(CouncilCodes codes, RowDates dates) {
    this.codes = codes;
    this.dates = dates;
  }

  List<DomainResource> flags(CouncilRow row, String sender) {
    LocalDate since = dates.past(row, Field.REFERRED_ON).orElse(dates.received());
    List<DomainResource> flags = new ArrayList<>();
    row.each(Field.ACCESSIBILITY).forEach(need -> flags.add(adjustment(need, since, sender)));
    row.text(Field.RISK_TO_VISITORS)
        .ifPresent(
            words ->
                flags.add(risk(words, dates.past(row, Field.RISK_SINCE).orElse(since), sender)));
    if (row.has(Field.RISK_SINCE) && !row.has(Field.RISK_TO_VISITORS)) {
      throw MessageRefused.missing(
          Field.RISK_TO_VISITORS.header(), "Say what a visitor has to do, or leave both empty.");
    }
    return flags;
  }

  /** The code {@code other}, and one nobody mapped, say what to arrange by their words alone. */
  private Flag adjustment(String need, LocalDate since, String sender) {
    CodeableConcept code =
        codes.translate(Field.ACCESSIBILITY, need) instanceof Translation.Mapped mapped
            ? new CodeableConcept().addCoding(mapped.coding()).setText(need)
            : codes.ownConcept(need);
    return flag(coding(SystemUrl.FLAG_CATEGORY_BARS, "RA"), code, since, sender);
  }

  private static Flag risk(String words, LocalDate since, String sender) {
    Flag risk =
        flag(
            coding(SystemUrl.FLAG_CATEGORY, "risk-to-visitors"),
            new CodeableConcept().setText(words),
            since,
            sender);
    risk.getMeta().addSecurity(ConsentTerms.R.toCoding());
    return risk;
  }

  private static Flag flag(Coding category, CodeableConcept code, LocalDate since, String sender) {
    Flag flag = new Flag();
    flag.setStatus(FlagStatus.ACTIVE);
    flag.addCategory(new CodeableConcept(category));
    flag.setCode(code);
    flag.setPeriod(new Period().setStartElement(RowDates.dateTime(since)));
    flag.setAuthor(
        new Reference().setType("Organization").setIdentifier(new OdsCode(sender).toIdentifier()));
    return flag;
  }

  private static Coding coding(SystemUrl system, String code) {
    return new Coding().setSystem(system.url()).setCode(code);
  }
}
