package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.matching.Difference;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;

/**
 * Nobody but a person can tell whom a message is about: it is held, and whatever was about to be
 * stored of it is not.
 */
final class PersonInDoubt extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Patient sent;
  private final transient List<String> known;
  private final transient Set<Difference> differences;

  /**
   * @param known {@code Patient/<id>} of everybody known by the identifier
   */
  PersonInDoubt(Patient sent, List<String> known, Set<Difference> differences) {
    super("a person in doubt: " + differences);
    this.sent = sent;
    this.known = List.copyOf(known);
    this.differences = Set.copyOf(differences);
  }

  Patient sent() {
    return sent;
  }

  List<String> known() {
    return known;
  }

  Set<Difference> differences() {
    return differences;
  }
}
