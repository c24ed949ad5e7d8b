package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.Spine;

/** What the reception needs of the spine, so that a route can be tried without a database. */
interface Intake {

  Receipt receive(String sender, String messageId, byte[] body);

  Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal);

  static Intake of(Spine spine) {
    return new Intake() {
      @Override
      public Receipt receive(String sender, String messageId, byte[] body) {
        return spine.receive(HospitalTranslator.CHANNEL, sender, messageId, body);
      }

      @Override
      public Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal) {
        return spine.refuse(HospitalTranslator.CHANNEL, sender, messageId, body, refusal);
      }
    };
  }
}
