package io.fingerpost.routes.inbound;

import java.util.List;

/**
 * What a message says, and the store is to hold afterwards. Each kind has a class of its own that
 * makes and applies its transaction ({@link ContentKind}).
 */
public sealed interface Content
    permits Referral,
        ReferralAmendment,
        ReferralCancellation,
        PersonChange,
        PersonMerge,
        Content.Several {

  /**
   * Several things said by one message: all of them become true, or none.
   *
   * @param parts in the order in which they are to be done; none of them several again
   */
  record Several(List<Content> parts) implements Content {

    public Several {
      parts = List.copyOf(parts);
    }
  }
}
