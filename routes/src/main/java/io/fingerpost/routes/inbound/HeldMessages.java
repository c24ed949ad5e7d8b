package io.fingerpost.routes.inbound;

import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.matching.MatchTask;
import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.KeptMessage;
import io.fingerpost.routes.store.ReferralStore;
import io.fingerpost.routes.store.TransactionDraft;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Asks the scheme whom a message is about, by one Task however often it is tried. */
public final class HeldMessages {

  private final ReferralStore store;
  private final PartnerRegistry partners;

  public HeldMessages(ReferralStore store, PartnerRegistry partners) {
    this.store = store;
    this.partners = partners;
  }

  /**
   * @return {@code Task/<id>}
   */
  String ask(KeptMessage message, PersonInDoubt doubt) {
    Task task =
        MatchTask.of(
            message.id(), message.receivedAt(), doubt.sent(), doubt.known(), doubt.differences());
    task.setOwner(organisation(partners.scheme().organisation(), partners.scheme().name()));
    task.setRequester(
        organisation(
            message.sender(),
            partners.ofOrganisation(message.sender()).map(Partner::name).orElse(null)));
    TransactionDraft draft = new TransactionDraft(message.id());
    draft.createUnlessThere(task, "match-task", task.getIdentifierFirstRep());
    return store.save(draft.bundle()).get(0);
  }

  private static Reference organisation(String ods, @Nullable String name) {
    return new Reference().setIdentifier(new OdsCode(ods).toIdentifier()).setDisplay(name);
  }
}
