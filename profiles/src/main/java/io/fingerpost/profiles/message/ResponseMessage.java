package io.fingerpost.profiles.message;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.MessageHeader.ResponseType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A BaRS {@code servicerequest-response} message in the making. Its entries go by names that come
 * of its id alone, so that the same message can be made again.
 */
public final class ResponseMessage {

  /**
   * @param endpoint the address as the message names it, such as {@code
   *     https://fhir.nhs.uk/Id/dos-service-id|…}; not where it is posted
   */
  public record Party(OdsCode organisation, String name, String endpoint) {

    /** Addressed by its code. */
    public static Party of(String ods, String name) {
      return new Party(new OdsCode(ods), name, SystemUrl.ODS_ORGANISATION.url() + "|" + ods);
    }

    /** The same, at the address it gave itself. */
    public Party at(String itsOwn) {
      return new Party(organisation, name, itsOwn);
    }
  }

  private final UUID id;
  private final Bundle bundle;
  private final MessageHeader header = new MessageHeader();

  /**
   * @param inResponseTo id of the message it answers
   */
  public ResponseMessage(UUID id, Instant at, String inResponseTo) {
    this.id = id;
    this.bundle = new Bundle().setType(BundleType.MESSAGE).setTimestamp(Date.from(at));
    bundle.setId(id.toString());
    header.setEvent(coding(SystemUrl.MESSAGE_EVENTS, "servicerequest-response"));
    header.setReason(new CodeableConcept(coding(SystemUrl.MESSAGE_REASON, "new")));
    header.getResponse().setIdentifier(inResponseTo).setCode(ResponseType.OK);
    add("header", header);
  }

  /** Adds a resource under its role's name. */
  public Reference add(String role, Resource resource) {
    String seed = id + "/" + role;
    String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    bundle.addEntry().setFullUrl(fullUrl).setResource(resource);
    return new Reference(fullUrl);
  }

  public Reference from(Party sender) {
    Reference added = add("sender", organisation(sender));
    header.getSource().setName(sender.name()).setEndpoint(sender.endpoint());
    header.setSender(added);
    return added;
  }

  public void to(Party receiver) {
    header
        .addDestination()
        .setEndpoint(receiver.endpoint())
        .setReceiver(add("receiver", organisation(receiver)));
  }

  public Bundle about(Reference focus) {
    header.addFocus(focus);
    return bundle;
  }

  /** Adds what there is to say beside that the message was taken. */
  public void details(Resource outcome) {
    header.getResponse().setDetails(add("outcome", outcome));
  }

  /** Closes the answer to a message that was refused. */
  public Bundle refused(Resource outcome) {
    header.getResponse().setCode(ResponseType.FATALERROR);
    details(outcome);
    return bundle;
  }

  public static Coding coding(SystemUrl system, String code) {
    return new Coding().setSystem(system.url()).setCode(code);
  }

  private static Organization organisation(Party party) {
    Organization organisation = new Organization().setName(party.name());
    organisation.addIdentifier(party.organisation().toIdentifier());
    return organisation;
  }
}
