package io.fingerpost.server.outcomes;

/** Asked once for each person in an extract: may their data serve a purpose beyond their care? */
@FunctionalInterface
public interface SecondaryUse {

  /** The reference is relative, {@code Patient/17}. Only a yes lets anything about them leave. */
  boolean permittedFor(String patientReference);
}
