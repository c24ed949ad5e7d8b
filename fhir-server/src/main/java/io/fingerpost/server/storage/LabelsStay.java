package io.fingerpost.server.storage;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Carries security labels over to the next version, as FHIR asks of an update that leaves them out
 * (R4, Resource, "Tags and updates"): a system that knows nothing of labels must not take the label
 * off a record of abuse by writing a note to it.
 */
@Interceptor
public final class LabelsStay {

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after) {
    for (IBaseCoding label : before.getMeta().getSecurity()) {
      if (after.getMeta().getSecurity(label.getSystem(), label.getCode()) == null) {
        after
            .getMeta()
            .addSecurity()
            .setSystem(label.getSystem())
            .setCode(label.getCode())
            .setDisplay(label.getDisplay());
      }
    }
  }
}
