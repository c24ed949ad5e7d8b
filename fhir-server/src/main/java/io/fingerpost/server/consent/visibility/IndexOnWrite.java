package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Has the index brought up to date in the transaction that writes a record or a consent. */
@Interceptor
public final class IndexOnWrite {

  private final IndexUpdate update;

  IndexOnWrite(IndexUpdate update) {
    this.update = update;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    if (resource instanceof Resource record && !Visibility.peopleIn(record).isEmpty()) {
      written().creates(record);
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after) {
    if (after instanceof Resource record
        && before instanceof Resource old
        && !(Visibility.peopleIn(record).isEmpty() && Visibility.peopleIn(old).isEmpty())) {
      written().changes(old, record);
    }
  }

  private Written written() {
    for (TransactionSynchronization one : TransactionSynchronizationManager.getSynchronizations()) {
      if (one instanceof AtTheEnd known) {
        return known.written;
      }
    }
    AtTheEnd end = new AtTheEnd();
    TransactionSynchronizationManager.registerSynchronization(end);
    return end.written;
  }

  private final class AtTheEnd implements TransactionSynchronization {
    private final Written written = new Written();

    @Override
    public void beforeCommit(boolean readOnly) {
      update.of(written);
    }
  }
}
