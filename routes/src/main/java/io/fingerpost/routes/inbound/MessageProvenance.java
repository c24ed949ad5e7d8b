package io.fingerpost.routes.inbound;

import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.terminology.SystemUrl;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Where something in the store comes from: which message, of whom. */
final class MessageProvenance {

  private MessageProvenance() {}

  /** What names a message among all of its sender's and everybody else's. */
  static Identifier identifier(KeptMessage message) {
    return new Identifier()
        .setSystem(SystemUrl.MESSAGE_ID.url())
        .setValue(message.sender() + "/" + message.messageId());
  }

  /** With the targets still to be named. */
  static Provenance of(
      KeptMessage message, Reference organisation, @Nullable Practitioner referrer) {
    Provenance provenance = new Provenance().setRecorded(Date.from(message.receivedAt()));
    Provenance.ProvenanceAgentComponent agent = provenance.addAgent();
    agent.setType(
        new CodeableConcept()
            .addCoding(
                new Coding()
                    .setSystem(SystemUrl.PROVENANCE_PARTICIPANT_TYPE.url())
                    .setCode("author")));
    if (referrer == null) {
      agent.setWho(organisation);
    } else {
      agent.setWho(named(referrer)).setOnBehalfOf(organisation);
    }
    provenance
        .addEntity()
        .setRole(ProvenanceEntityRole.SOURCE)
        .setWhat(new Reference().setIdentifier(identifier(message)));
    return provenance;
  }

  /** By name and number only: a record of each referrer for each referral would help nobody. */
  private static Reference named(Practitioner referrer) {
    Reference named = new Reference().setType("Practitioner");
    if (referrer.hasIdentifier()) {
      named.setIdentifier(referrer.getIdentifierFirstRep());
    }
    return referrer.hasName()
        ? named.setDisplay(referrer.getNameFirstRep().getNameAsSingleString())
        : named;
  }
}
