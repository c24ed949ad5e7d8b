package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.referral.MoveRole;
import io.fingerpost.profiles.referral.ReferralMoves;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.profiles.referral.TaskState;
import io.fingerpost.routes.inbound.ContentKind.Part;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.store.ReferralStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * A referral as its sender finds it again: by the identifier the sender gave it, among the sender's
 * own.
 */
record OwnReferral(ServiceRequest request, Task task) {

  static Optional<OwnReferral> find(ReferralStore store, String sender, Identifier own) {
    return store
        .referral(own, new OdsCode(sender))
        .flatMap(request -> store.taskOf(request).map(task -> new OwnReferral(request, task)));
  }

  /** What the sender has to be told that changes a referral nobody has from it. */
  static MessageRefused unknown() {
    return new MessageRefused(
        Code.REFERRAL_UNKNOWN,
        "referral id",
        "There is no referral of yours with this id. Send the id under which you referred, or the"
            + " referral itself first.");
  }

  /** What is known of when what was said: by our own name of the referral, which tells nothing. */
  static String subject(String sender, Identifier own) {
    String name = own.getSystem() + "|" + own.getValue();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return "referral/" + sender + "/" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String reference() {
    return "ServiceRequest/" + request.getIdElement().getIdPart();
  }

  ReferralState state() {
    return TaskState.in(task).orElse(ReferralState.RECEIVED);
  }

  boolean senderMayMoveTo(ReferralState next) {
    return ReferralMoves.from(state(), MoveRole.SENDER).contains(next);
  }

  /**
   * @param patient whom the message names; null where it names nobody
   */
  void requireAbout(Part part, @Nullable Patient patient, PersonMatch people) {
    if (patient != null && !people.isAbout(part, patient, request.getSubject().getReference())) {
      throw new MessageRefused(
          Code.PERSON_MISMATCH,
          "referral id",
          "The referral with this id is another person's. Check which referral is meant; if both are"
              + " right, telephone the scheme.");
    }
  }
}
