package io.fingerpost.routes.reliability;

/** What an operator wanted of a kept message cannot be: why, and what to do instead. */
public final class DeskRefused extends RuntimeException {

  /** The stable codes; documented in {@code docs/operating.md}. */
  public enum Code {
    SENDER_UNKNOWN(400, "Name as sender a client that is in the registry, and not disabled."),
    CHANNEL_UNCLEAR(
        400,
        "The sample looks like nothing a sender sends. Say by which channel it would come, with the"
            + " name it has in the list of kept messages."),
    MESSAGE_NOT_KEPT(404, "There is no kept message with this id."),
    MESSAGE_STORED(409, "It is stored already, itself or as an edited one, and never again."),
    MESSAGE_IN_WORK(409, "It is being worked on; wait until it is settled or has failed."),
    MESSAGE_HELD(409, "It is held for a decision; decide that first."),
    MESSAGE_DISCARDED(409, "It was discarded and is not taken up again."),
    MESSAGE_OF_NOBODY(
        409, "Its sender is not registered; have it registered, and have the message sent again."),
    MESSAGE_ERASED(410, "Its retention has passed and its body is erased.");

    private final int status;
    private final String remedy;

    Code(int status, String remedy) {
      this.status = status;
      this.remedy = remedy;
    }

    public int status() {
      return status;
    }

    public String remedy() {
      return remedy;
    }

    public DeskRefused refusal() {
      return new DeskRefused(this);
    }
  }

  private static final long serialVersionUID = 1L;

  private final Code code;

  private DeskRefused(Code code) {
    super(code.name());
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
