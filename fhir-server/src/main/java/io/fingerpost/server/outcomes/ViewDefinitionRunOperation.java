package io.fingerpost.server.outcomes;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import io.fingerpost.terminology.SystemUrl;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code $viewdefinition-run}: gives one outcome table by its name. ViewDefinitions sent along or
 * referred to are not taken: what a table may show is decided with the program, not by its caller.
 */
public final class ViewDefinitionRunOperation {
  private static final String VIEW = "view";
  private static final String FORMAT = Constants.PARAM_FORMAT;
  private static final Set<String> TAKEN = Set.of(VIEW, FORMAT, Constants.PARAM_PRETTY);

  private final OutcomeTables tables;
  private final ExtractAccess access;

  public ViewDefinitionRunOperation(OutcomeTables tables, ExtractAccess access) {
    this.tables = tables;
    this.access = access;
  }

  @Operation(name = "$viewdefinition-run", manualResponse = true, idempotent = true)
  public void run(
      @OperationParam(name = VIEW, min = 1) @Nullable StringType view,
      @OperationParam(name = FORMAT) @Nullable StringType format,
      ServletRequestDetails request)
      throws IOException {
    requirePermission(request);
    refuseOtherParameters(request);
    String name = nameOf(view);
    TableFormat wanted = formatOf(format);
    // Written to a file first: a table that breaks off half-way must not arrive looking whole.
    Path file = Files.createTempFile("fingerpost-" + name, "." + wanted.code());
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        Extract extract = tables.write(name, wanted, out, access.secondaryUse(request));
        access.record(request, name, extract);
      }
      send(file, name, wanted, request.getServletResponse());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void send(Path file, String name, TableFormat format, HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(format.mediaType() + ";charset=utf-8");
    response.setContentLengthLong(Files.size(file));
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"" + name + "." + format.code() + "\"");
    Files.copy(file, response.getOutputStream());
  }

  private String nameOf(@Nullable StringType view) {
    if (view == null || !view.hasValue()) {
      throw refused(
          IssueType.REQUIRED, "TABLE_NOT_NAMED", VIEW, "Name the table in 'view': " + known());
    }
    if (!tables.names().contains(view.getValue())) {
      throw new ResourceNotFoundException(
          "TABLE_UNKNOWN",
          outcome(IssueType.NOTFOUND, "TABLE_UNKNOWN", VIEW, "The tables are: " + known()));
    }
    return view.getValue();
  }

  private static TableFormat formatOf(@Nullable StringType format) {
    if (format == null || !format.hasValue()) {
      return TableFormat.CSV;
    }
    return TableFormat.of(format.getValue())
        .orElseThrow(
            () ->
                refused(
                    IssueType.VALUE,
                    "FORMAT_UNKNOWN",
                    FORMAT,
                    "'_format' is csv or ndjson; csv if left out."));
  }

  private void requirePermission(ServletRequestDetails request) {
    if (!access.permits(request)) {
      throw new ForbiddenOperationException(
          "EXTRACT_NOT_PERMITTED",
          outcome(
              IssueType.FORBIDDEN,
              "EXTRACT_NOT_PERMITTED",
              "Parameters",
              "Outcome tables are for data teams. Ask the scheme what the client is registered"
                  + " for."));
    }
  }

  /** A filter that is quietly ignored would give more than was asked for. */
  private static void refuseOtherParameters(ServletRequestDetails request) {
    Set<String> names = new TreeSet<>(request.getParameters().keySet());
    if (request.getResource() instanceof Parameters body) {
      body.getParameter().stream().map(ParametersParameterComponent::getName).forEach(names::add);
    }
    if (!TAKEN.containsAll(names)) {
      throw refused(
          IssueType.NOTSUPPORTED,
          "PARAMETER_NOT_TAKEN",
          "Parameters",
          "Only 'view' and '_format' are taken. ViewDefinitions of your own are not run here: ask"
              + " the scheme for another table.");
    }
  }

  private String known() {
    return String.join(", ", tables.names()) + ".";
  }

  private static InvalidRequestException refused(
      IssueType type, String code, String where, String help) {
    return new InvalidRequestException(code, outcome(type, code, where, help));
  }

  private static OperationOutcome outcome(IssueType type, String code, String where, String help) {
    Coding refusal = new Coding().setSystem(SystemUrl.REFUSAL.url()).setCode(code);
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(type)
        .setDetails(new CodeableConcept(refusal))
        .setDiagnostics(help)
        .addExpression(where);
    return outcome;
  }
}
