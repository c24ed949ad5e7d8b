package io.fingerpost.routes.merging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;

/**
 * What becomes of the consents of two records that turn out to be one person's: the stricter one
 * wins, and nothing that was closed before is open afterwards. Refusals stand, all of them. What
 * opens something stands only where it cannot open more than before: where the other record holds
 * nothing at all, or says exactly the same. Otherwise nobody knows whether it was meant for what
 * the other record holds, and the person has to be asked.
 */
final class StricterConsents {

  /**
   * One of the two.
   *
   * @param holdsRecords whether there is anything beside consents that somebody might be shown
   */
  record Side(List<Consent> consents, boolean holdsRecords) {

    private List<Consent> counting() {
      return consents.stream()
          .filter(
              consent ->
                  consent.getStatus() == ConsentState.ACTIVE
                      || consent.getStatus() == ConsentState.REJECTED)
          .sorted(Comparator.comparing(StricterConsents::given))
          .toList();
    }

    private boolean isBlank() {
      return !holdsRecords && counting().isEmpty();
    }
  }

  private StricterConsents() {}

  /** Those of both that may open nothing any more. */
  static List<Consent> closing(Side surviving, Side replaced) {
    if (surviving.isBlank() || replaced.isBlank() || saySame(surviving, replaced)) {
      return List.of();
    }
    List<Consent> both = new ArrayList<>(surviving.counting());
    both.addAll(replaced.counting());
    return both.stream().filter(StricterConsents::opens).toList();
  }

  /** The same, in the same order: whichever of them is the last word is the last word of both. */
  private static boolean saySame(Side surviving, Side replaced) {
    List<Consent> one = surviving.counting();
    List<Consent> other = replaced.counting();
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = word(one.get(i)).equalsDeep(word(other.get(i)));
    }
    return same;
  }

  /** What is decided, without of whom, when and under which id. */
  private static Consent word(Consent consent) {
    Consent word = consent.copy();
    word.setId((String) null);
    word.setMeta(null);
    word.setText(null);
    word.setIdentifier(null);
    word.setPatient(null);
    word.setDateTimeElement(null);
    return word;
  }

  private static String given(Consent consent) {
    return consent.hasDateTime() ? consent.getDateTime().toInstant().toString() : "";
  }

  /** Whatever is not a refusal through and through. */
  private static boolean opens(Consent consent) {
    return consent.getStatus() == ConsentState.ACTIVE
        && !(consent.hasPolicyRule() && isOptOut(consent.getPolicyRule()))
        && (!consent.hasProvision() || opens(consent.getProvision()));
  }

  private static boolean opens(ProvisionComponent provision) {
    return provision.getType() != ConsentProvisionType.DENY
        || provision.getProvision().stream().anyMatch(StricterConsents::opens);
  }

  private static boolean isOptOut(CodeableConcept policy) {
    return policy.getCoding().stream()
        .anyMatch(
            coding -> "OPTOUT".equals(coding.getCode()) || "OPTOUTE".equals(coding.getCode()));
  }
}
