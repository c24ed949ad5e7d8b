package io.fingerpost.routes.inbound;

import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * Two records of a sender's that turned out to be of one person.
 *
 * @param surviving the person as the sender knows them from now on
 * @param replaced identifiers under which it knew them, too
 */
public record PersonMerge(Patient surviving, List<Identifier> replaced, MessageTime said)
    implements Content {

  public PersonMerge {
    replaced = List.copyOf(replaced);
  }
}
