package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Receipt;
import io.fingerpost.routes.inbound.Spine;

/** What the GP's channel asks of the spine. */
interface Intake {

  Receipt receive(String sender, String messageId, byte[] body);

  /** Keeps a message that has no readable id, and why it was refused. */
  Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal);

  static Intake of(Spine spine) {
    return new Intake() {
      @Override
      public Receipt receive(String sender, String messageId, byte[] body) {
        return spine.receive(GpTranslator.CHANNEL, sender, messageId, body);
      }

      @Override
      public Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal) {
        return spine.refuse(GpTranslator.CHANNEL, sender, messageId, body, refusal);
      }
    };
  }
}
