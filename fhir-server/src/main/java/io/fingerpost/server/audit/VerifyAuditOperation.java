package io.fingerpost.server.audit;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import io.fingerpost.server.audit.ChainCheck.Counts;
import io.fingerpost.server.audit.ChainCheck.Fault;
import java.util.Base64;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells operators whether the record of decisions is as it was written. */
public final class VerifyAuditOperation {

  private final BlockTable blocks;
  private final TransactionTemplate snapshot;
  private final AuditKeys keys;
  private final AuditAccess access;

  /**
   * @param snapshot begins transactions that see the database as it is at one moment
   */
  VerifyAuditOperation(
      BlockTable blocks, TransactionTemplate snapshot, AuditKeys keys, AuditAccess access) {
    this.blocks = blocks;
    this.snapshot = snapshot;
    this.keys = keys;
    this.access = access;
  }

  @Operation(name = "$verify-audit", idempotent = true)
  public Parameters verify(
      @OperationParam(name = "since") @Nullable StringType since, RequestDetails request) {
    if (access.reader(request).isEmpty()) {
      throw new ForbiddenOperationException("for operators");
    }
    return answer(verify(since == null ? null : since.getValue()));
  }

  /** Everything once, a block at a time. */
  ChainCheck verify(@Nullable String noted) {
    ChainCheck check = new ChainCheck(keys, noted);
    snapshot.executeWithoutResult(
        open -> {
          blocks.each(block -> check.next(block, most -> blocks.events(block, most)));
          blocks.eachUnsealed(check::unsealed);
          blocks.outside(check.last().map(Block::number).orElse(0L)).ifPresent(check::outside);
        });
    return check;
  }

  private static Parameters answer(ChainCheck check) {
    Parameters answer = new Parameters();
    answer.addParameter("intact", new BooleanType(check.fault().isEmpty()));
    Counts counts = check.counts();
    count(answer, "blocks", counts.blocks());
    count(answer, "events", counts.events());
    count(answer, "removed", counts.removed());
    count(answer, "unsealed", counts.unsealed());
    check
        .last()
        .ifPresent(
            head -> {
              answer.addParameter("head", new StringType(head.head()));
              answer.addParameter("key", new StringType(head.signed().keyId()));
              answer.addParameter(
                  "signature",
                  new StringType(Base64.getEncoder().encodeToString(head.signed().signature())));
            });
    check.fault().ifPresent(fault -> tell(answer.addParameter().setName("fault"), fault));
    return answer;
  }

  private static void count(Parameters answer, String name, long number) {
    answer.addParameter(name, new DecimalType(number));
  }

  private static void tell(ParametersParameterComponent told, Fault fault) {
    told.addPart().setName("code").setValue(new StringType(fault.code().name()));
    if (fault.block() > 0) {
      told.addPart().setName("block").setValue(new DecimalType(fault.block()));
    }
    if (fault.event() != null) {
      told.addPart().setName("event").setValue(new StringType(fault.event().toString()));
    }
  }
}
