package io.fingerpost.routes.inbound.gp;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.Spine;
import io.fingerpost.routes.mesh.Addressee;
import io.fingerpost.routes.mesh.Post;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.LogEntry;
import io.fingerpost.routes.reliability.MessageLog;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Takes the messages of {@code $process-message} where they come by MESH. Who sends is known from
 * the mailbox alone, as MESH has authenticated it. What cannot be read, is not meant for here, or
 * comes from nobody known is kept and refused.
 */
@Component
final class GpPost implements Addressee {

  /** Before MESH's id, where a message has none of its sender's that can be trusted. */
  private static final String BY_MESH = "mesh:";

  private final Intake intake;
  private final MessageLog messages;
  private final PartnerRegistry partners;

  @Autowired
  GpPost(Spine spine, MessageLog messages, PartnerRegistry partners) {
    this(Intake.of(spine, GpTranslator.CHANNEL), messages, partners);
  }

  GpPost(Intake intake, MessageLog messages, PartnerRegistry partners) {
    this.intake = intake;
    this.messages = messages;
    this.partners = partners;
  }

  @Override
  public Taken take(Post post, boolean expected) {
    Optional<Partner> sender = partners.sendingByMesh(post.cover().from());
    if (!expected) {
      // Not answered: two programs that each answer what they do not expect would never end.
      return new Taken(refused(sender, post, unexpected(post)).id(), false);
    }
    if (sender.isEmpty()) {
      return new Taken(refused(sender, post, unknown()).id(), true);
    }
    return new Taken(receipt(sender.get(), post).id(), true);
  }

  private Receipt receipt(Partner sender, Post post) {
    String id;
    try {
      requireReadable(post);
      id = WireText.read(post.body()).messageId();
    } catch (MessageRefused refusal) {
      return refused(Optional.of(sender), post, refusal);
    }
    Receipt receipt = intake.receive(sender.organisation(), id, post.body());
    // Another body under an id known already is kept beside the first, under MESH's id of it.
    return receipt.outcome() instanceof Outcome.Refused refused
            && refused.refusal().code().equals(Code.MESSAGE_ID_REUSED.name())
        ? refused(
            Optional.of(sender),
            post,
            new MessageRefused(
                Code.MESSAGE_ID_REUSED, refused.refusal().location(), refused.refusal().remedy()))
        : receipt;
  }

  private static void requireReadable(Post post) {
    if (post.condition() == Post.Condition.TOO_LARGE) {
      throw new MessageRefused(
          Code.MESSAGE_TOO_LARGE, "Bundle", "Send smaller messages; leave attachments out.");
    }
    if (post.condition() == Post.Condition.CORRUPT) {
      throw new MessageRefused(
          Code.MESSAGE_MALFORMED,
          "header:mex-Content-Compressed",
          "It is said to be compressed and cannot be decompressed: use gzip.");
    }
    if (post.cover().encrypted()) {
      throw new MessageRefused(
          Code.TYPE_UNSUPPORTED,
          "header:mex-Content-Encrypted",
          "Send the message as it is: MESH encrypts it on its way.");
    }
  }

  private Receipt refused(Optional<Partner> sender, Post post, MessageRefused refusal) {
    String organisation = sender.map(Partner::organisation).orElse(BY_MESH + post.cover().from());
    return intake.refuse(organisation, BY_MESH + post.id(), post.body(), refusal);
  }

  private static MessageRefused unexpected(Post post) {
    return post.cover().kind() == Post.Kind.DATA
        ? new MessageRefused(
            Code.TYPE_UNSUPPORTED,
            "header:mex-WorkflowID",
            "Send referrals with the workflow id agreed with the scheme.")
        : new MessageRefused(
            Code.TYPE_UNSUPPORTED, "header:mex-MessageType", "Send messages of type DATA.");
  }

  private static MessageRefused unknown() {
    return new MessageRefused(
        Code.SENDER_UNKNOWN,
        "header:mex-From",
        "Ask the scheme to register your MESH mailbox with your organisation.");
  }

  @Override
  public Optional<byte[]> answer(UUID message, String meshId) {
    return messages
        .find(message)
        .filter(LogEntry::isSettled)
        .map(entry -> answer(entry, meshId))
        .map(
            answer ->
                FhirContext.forR4Cached()
                    .newJsonParser()
                    .encodeResourceToString(answer)
                    .getBytes(StandardCharsets.UTF_8));
  }

  private Bundle answer(LogEntry entry, String meshId) {
    if (entry.refusal() != null) {
      return GpErrorReport.of(entry.message(), entry.refusal(), meshId, partners.scheme());
    }
    String reference = String.valueOf(entry.reference());
    Outcome outcome =
        entry.note() == null
            ? new Outcome.Stored(reference)
            : new Outcome.Noted(Outcome.Note.valueOf(entry.note()), entry.reference());
    Receipt receipt =
        new Receipt(entry.message().id(), entry.message().receivedAt(), false, outcome);
    Partner sender = partners.ofOrganisation(entry.message().sender()).orElseThrow();
    return GpReceipt.of(
        receipt, reference, GpMessage.read(entry.message().body()), sender, partners.scheme());
  }
}
