package io.fingerpost.server.api;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.repository.HapiFhirRepository;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.IRestfulServerDefaults;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import io.fingerpost.server.storage.ReferralOnce;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The store as the routes in this process reach it: the program's own requests, in the database
 * transaction that is already open, so that a message and what is stored of it commit together.
 */
final class InProcessRepository extends HapiFhirRepository {

  private final DaoRegistry daos;
  private final RestfulServer server;

  InProcessRepository(DaoRegistry daos, RestfulServer server) {
    super(daos, program(server), server);
    this.daos = daos;
    this.server = server;
  }

  /** Names the server, as operations are found and read by it. */
  private static RequestDetails program(RestfulServer server) {
    SystemRequestDetails program =
        new SystemRequestDetails() {
          @Override
          public IRestfulServerDefaults getServer() {
            return server;
          }
        };
    program.setFhirContext(server.getFhirContext());
    program.setFhirServerBase("");
    return program;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <B extends IBaseBundle> B transaction(B bundle, Map<String, String> headers) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      return super.transaction(bundle, headers);
    }
    RequestDetails request = program(server);
    request.setRestOperationType(RestOperationTypeEnum.TRANSACTION);
    try {
      return (B) daos.getSystemDao().transactionNested(request, bundle);
    } catch (DataIntegrityViolationException violation) {
      throw ReferralOnce.isWhy(violation)
          ? new ResourceVersionConflictException("this message's referral is stored already")
          : violation;
    }
  }
}
