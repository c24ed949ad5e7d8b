package io.fingerpost.routes.inbound.gp;

import io.fingerpost.profiles.message.ResponseMessage;
import io.fingerpost.profiles.message.ResponseMessage.Party;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.routes.reliability.Refusal;
import org.hl7.fhir.r4.model.Bundle;

/**
 * The {@code servicerequest-response} message that says why a message was refused, for a sender
 * that gets no HTTP answer: {@code response.code} is {@code fatal-error}, and {@code
 * response.details} the OperationOutcome of that answer. Nothing in it comes from the message but
 * its id.
 */
final class GpErrorReport {

  private GpErrorReport() {}

  /**
   * @param meshId MESH's id of the message; answered to where the sender's own cannot be read
   */
  static Bundle of(KeptMessage kept, Refusal refusal, String meshId, Scheme us) {
    ResponseMessage message =
        new ResponseMessage(kept.id(), kept.receivedAt(), sendersId(kept.body(), meshId));
    message.from(Party.of(us.organisation(), us.name()));
    return message.refused(GpAnswers.refused(refusal).body());
  }

  private static String sendersId(byte[] body, String meshId) {
    try {
      return WireText.read(body).messageId().replace("urn:uuid:", "");
    } catch (MessageRefused unreadable) {
      return meshId;
    }
  }
}
