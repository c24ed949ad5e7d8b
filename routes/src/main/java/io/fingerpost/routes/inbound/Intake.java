package io.fingerpost.routes.inbound;

/** What a channel asks of the spine, so that it can be tried without a database. */
public interface Intake {

  Receipt receive(String sender, String messageId, byte[] body);

  /** Keeps a message that its translator need not see, and why it was refused. */
  Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal);

  /**
   * @param channel whose translator reads what is received
   */
  static Intake of(Spine spine, String channel) {
    return new Intake() {
      @Override
      public Receipt receive(String sender, String messageId, byte[] body) {
        return spine.receive(channel, sender, messageId, body);
      }

      @Override
      public Receipt refuse(String sender, String messageId, byte[] body, MessageRefused refusal) {
        return spine.refuse(channel, sender, messageId, body, refusal);
      }
    };
  }
}
