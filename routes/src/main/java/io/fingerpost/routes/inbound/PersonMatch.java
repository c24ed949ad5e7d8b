package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.store.ReferralStore;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.jspecify.annotations.Nullable;

/**
 * Who of a referral's parties the store knows. A person is known by the identifier alone, never by
 * name and address; the same identifier with another date of birth is nobody until a person looks.
 */
public final class PersonMatch {

  private static final int MOST_MERGES = 20;

  private final ReferralStore store;
  private final OdsCode scheme;

  public PersonMatch(ReferralStore store, Scheme scheme) {
    this.store = store;
    this.scheme = new OdsCode(scheme.organisation());
  }

  public KnownParties parties(Referral referral) {
    return new KnownParties(
        person(referral.patient()).orElse(null), requester(referral), ofScheme());
  }

  /**
   * {@code Patient/<id>} of the person a message names.
   *
   * @throws MessageRefused when the identifier is known with another date of birth
   */
  public Optional<String> person(Patient sent) {
    return store
        .patient(sent.getIdentifierFirstRep())
        .map(this::surviving)
        .map(
            kept -> {
              requireSameBirth(sent, kept);
              return "Patient/" + kept.getIdElement().getIdPart();
            });
  }

  /** A number of a record that has been merged leads to the record it was merged into. */
  private Patient surviving(Patient kept) {
    Patient now = kept;
    for (int merges = 0; merges < MOST_MERGES; merges++) {
      Optional<String> by =
          now.getLink().stream()
              .filter(link -> link.getType() == LinkType.REPLACEDBY)
              .map(link -> link.getOther().getReferenceElement().getIdPart())
              .findFirst();
      if (by.isEmpty()) {
        return now;
      }
      now = store.read(Patient.class, by.get());
    }
    throw new IllegalStateException("records merged in a circle");
  }

  private static void requireSameBirth(Patient sent, Patient kept) {
    if (sent.hasBirthDate()
        && kept.hasBirthDate()
        && !sent.getBirthDateElement()
            .getValueAsString()
            .equals(kept.getBirthDateElement().getValueAsString())) {
      throw new MessageRefused(
          Code.PERSON_MISMATCH,
          "Patient.birthDate",
          "The person known by this identifier has another date of birth. Check both against the"
              + " person's record, and send again; if both are right, telephone the scheme.");
    }
  }

  private @Nullable String requester(Referral referral) {
    Identifier identifier = referral.requester().getIdentifierFirstRep();
    return store.organisation(new OdsCode(identifier.getValue())).orElse(null);
  }

  private @Nullable String ofScheme() {
    return store.organisation(scheme).orElse(null);
  }
}
