package io.fingerpost.routes.inbound;

import io.fingerpost.routes.inbound.ContentKind.Part;
import io.fingerpost.routes.merging.Merging;
import io.fingerpost.routes.partners.PartnerSettings.Scheme;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.routes.reliability.NewestMessage;
import io.fingerpost.routes.store.ReferralStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives what a message says to the kind it is of, part by part. */
public final class Contents {

  private final Map<Class<?>, ContentKind<?>> kinds;

  /** Where the kinds look things up and put them: the store, its people, and who said what last. */
  public record Records(ReferralStore store, PersonMatch people, NewestMessage newest) {}

  public static Contents of(Records records, Merging merging, Scheme scheme) {
    SchemeNotices notices = new SchemeNotices(scheme);
    return new Contents(
        List.of(
            new NewReferrals(records, new ReferralTransaction(scheme)),
            new ReferralAmendments(records),
            new ReferralCancellations(records),
            new PersonChanges(records, notices),
            new PersonMerges(records, merging, notices)));
  }

  Contents(List<ContentKind<?>> kinds) {
    this.kinds =
        kinds.stream().collect(Collectors.toMap(ContentKind::content, Function.identity()));
  }

  /**
   * Stores all of it. What comes of a message with several parts is what came of the first that
   * changed something.
   */
  Outcome store(KeptMessage message, Content content, boolean triedBefore) {
    List<Content> parts =
        content instanceof Content.Several several ? several.parts() : List.of(content);
    @Nullable Outcome told = null;
    for (int number = 1; number <= parts.size(); number++) {
      Part part = new Part(message, number, triedBefore);
      Outcome outcome = store(part, parts.get(number - 1));
      if (outcome instanceof Outcome.Refused refused && number > 1) {
        throw new MessageRefused(refused.refusal());
      }
      if (outcome instanceof Outcome.Refused) {
        return outcome;
      }
      if (told == null || !(told instanceof Outcome.Stored)) {
        told = outcome;
      }
    }
    if (told == null) {
      throw new IllegalStateException("a message that says nothing");
    }
    return told;
  }

  @SuppressWarnings("unchecked")
  private <C extends Content> Outcome store(Part part, C content) {
    ContentKind<C> kind = (ContentKind<C>) kinds.get(content.getClass());
    if (kind == null) {
      throw new IllegalStateException("no kind for " + content.getClass().getSimpleName());
    }
    return kind.store(part, content);
  }
}
