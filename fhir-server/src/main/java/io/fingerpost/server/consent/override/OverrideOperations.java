package io.fingerpost.server.consent.override;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import io.fingerpost.server.consent.decision.GrantedOverride.Kind;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Sets consent aside for one person and a time, for clients that were given the scope; and lets
 * operators and the scheme see who did, and end it.
 */
public final class OverrideOperations {

  /** The newest, which is what an operator looks at; all of them stand in AuditEvents. */
  private static final int LISTED = 200;

  private final Granting granting;
  private final Overrides overrides;

  OverrideOperations(Granting granting, Overrides overrides) {
    this.granting = granting;
    this.overrides = overrides;
  }

  /** What a client asks for, and who it is. */
  record Asked(Caller caller, Kind kind, String reason) {}

  /** {@code $emergency-override}, and the scope is named after it. */
  static String nameOf(Kind kind) {
    return "$" + kind.name().toLowerCase(Locale.ROOT) + "-override";
  }

  /**
   * @param patient {@code Patient/<id>}, or the NHS number as identifier
   * @param reason why, in 10 to 1000 characters
   * @return Parameters: override (its id), patient, until
   */
  @Operation(name = "$emergency-override")
  public Parameters inAnEmergency(
      @OperationParam(name = "patient") @Nullable Reference patient,
      @OperationParam(name = "reason") @Nullable StringType reason,
      RequestDetails request) {
    return grant(Kind.EMERGENCY, patient, reason, request);
  }

  /** As {@link #inAnEmergency}, where somebody may be at risk of abuse or neglect. */
  @Operation(name = "$safeguarding-override")
  public Parameters toSafeguard(
      @OperationParam(name = "patient") @Nullable Reference patient,
      @OperationParam(name = "reason") @Nullable StringType reason,
      RequestDetails request) {
    return grant(Kind.SAFEGUARDING, patient, reason, request);
  }

  private Parameters grant(
      Kind kind, @Nullable Reference patient, @Nullable StringType reason, RequestDetails request) {
    Caller caller = Caller.of(request).orElseThrow(OverrideOperations::notForThis);
    String why = reason == null ? "" : reason.getValueNotNull().strip();
    if (why.length() < 10 || why.length() > 1000) {
      throw OverrideRefused.OVERRIDE_REASON_MISSING.refusal();
    }
    if (patient == null) {
      throw OverrideRefused.OVERRIDE_PERSON_MISSING.refusal();
    }
    Grant grant = granting.grant(new Asked(caller, kind, why), patient);
    Parameters answer = new Parameters();
    answer.addParameter("override", grant.id().toString());
    answer.addParameter("patient", new Reference(grant.patient()));
    answer.addParameter("until", instant(grant.until()));
    return answer;
  }

  /**
   * @return Parameters: an override for each, the newest first, with what is known of it
   */
  @Operation(name = "$overrides", idempotent = true)
  public Parameters list(RequestDetails request) {
    requireOverseer(request);
    Parameters answer = new Parameters();
    overrides.newest(LISTED).forEach(grant -> describe(grant, answer.addParameter()));
    return answer;
  }

  /**
   * @param override id of the one to end
   */
  @Operation(name = "$end-override")
  public Parameters end(
      @OperationParam(name = "override") @Nullable StringType override, RequestDetails request) {
    Caller caller = requireOverseer(request);
    Parameters answer = new Parameters();
    describe(granting.end(idIn(override), caller), answer.addParameter());
    return answer;
  }

  private static UUID idIn(@Nullable StringType override) {
    try {
      return UUID.fromString(override == null ? "" : override.getValueNotNull());
    } catch (IllegalArgumentException noId) {
      throw OverrideRefused.OVERRIDE_NOT_IN_FORCE.refusal();
    }
  }

  private static void describe(Grant grant, ParametersParameterComponent into) {
    into.setName("override");
    into.addPart().setName("id").setValue(new StringType(grant.id().toString()));
    into.addPart().setName("kind").setValue(new CodeType(nameOf(grant.kind()).substring(1)));
    into.addPart().setName("client").setValue(new StringType(grant.by().client()));
    into.addPart().setName("organisation").setValue(new StringType(grant.by().organisation()));
    into.addPart().setName("patient").setValue(new Reference(grant.patient()));
    into.addPart().setName("reason").setValue(new StringType(grant.reason()));
    into.addPart().setName("granted").setValue(instant(grant.grantedAt()));
    into.addPart().setName("until").setValue(instant(grant.until()));
    Grant.End end = grant.end();
    if (end != null) {
      into.addPart().setName("ended").setValue(instant(end.at()));
      into.addPart().setName("endedBy").setValue(new StringType(end.client()));
    }
    into.addPart().setName("notice").setValue(new Reference(grant.notice()));
  }

  private static InstantType instant(Instant at) {
    return new InstantType(Date.from(at));
  }

  private static Caller requireOverseer(RequestDetails request) {
    return Caller.of(request)
        .filter(caller -> List.of(Role.OPERATOR, Role.SCHEME).stream().anyMatch(caller::is))
        .orElseThrow(OverrideOperations::notForThis);
  }

  private static ForbiddenOperationException notForThis() {
    return new ForbiddenOperationException("not open to partners");
  }
}
