package io.fingerpost.routes.inbound;

import java.util.Set;
import org.hl7.fhir.r4.model.Patient;

/**
 * What a sender now says of a person. It is kept of people the store knows; of others nothing is
 * made up.
 *
 * @param patient what is said; what it leaves out stays
 * @param erased what the sender says is to be taken away
 */
public record PersonChange(Patient patient, Set<Detail> erased, MessageTime said)
    implements Content {

  /** What may be taken away without something in its place. */
  public enum Detail {
    BIRTH_DATE,
    GENDER,
    ADDRESS,
    TELECOM,
    LANGUAGE,
    DEATH
  }

  public PersonChange {
    erased = Set.copyOf(erased);
  }
}
