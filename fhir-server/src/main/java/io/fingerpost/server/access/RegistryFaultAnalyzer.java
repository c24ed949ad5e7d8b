package io.fingerpost.server.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells, where the program cannot start on its registry file, what has to be mended there. */
final class RegistryFaultAnalyzer extends AbstractFailureAnalyzer<RegistryFault> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, RegistryFault fault) {
    return new FailureAnalysis(
        "The registry file cannot be used:\n\n    " + fault.location().replace("; ", "\n    "),
        "Mend it, and start again. docs/connecting-a-sender.md has every key.",
        failure);
  }
}
