package io.fingerpost.server.storage;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fingerpost.profiles.Fault;
import io.fingerpost.profiles.FaultReport;
import io.fingerpost.profiles.ProfileValidator;
import io.fingerpost.profiles.Shape;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Holds what is written to the scheme's profiles, whoever writes it, and tells every fault at once.
 * JSON is checked as it was received, before a parser passes over what it does not know; everything
 * else when it reaches the store. A Bundle is checked whole: most of a check is the call itself.
 */
@Interceptor
public final class WriteValidation {

  private static final String CHECKED = WriteValidation.class.getName();
  private static final Set<RestOperationTypeEnum> WRITES =
      Set.of(
          RestOperationTypeEnum.CREATE,
          RestOperationTypeEnum.UPDATE,
          RestOperationTypeEnum.TRANSACTION);

  private final ProfileValidator validator;
  private final Clock clock;
  private final Cache<String, Boolean> proven = Caffeine.newBuilder().maximumSize(2_000).build();

  WriteValidation(ProfileValidator validator, Clock clock) {
    this.validator = validator;
    this.clock = clock;
  }

  /** After the scopes: who may not write at all is not told what is wrong with it. */
  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = 500)
  public void received(RequestDetails request) {
    if (request.getRestOperationType() != null
        && WRITES.contains(request.getRestOperationType())
        && RestfulServerUtils.determineRequestEncodingNoDefault(request) == EncodingEnum.JSON) {
      String text = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
      require(validator.faultsInJson(text));
      request.getUserData().put(CHECKED, Boolean.TRUE);
    }
  }

  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void transaction(IBaseBundle bundle, RequestDetails request) {
    if (!isChecked(request)) {
      if (request instanceof SystemRequestDetails && bundle instanceof Bundle ours) {
        requireOfTranslation(ours);
      } else {
        require(validator.faults(bundle));
      }
      request.getUserData().put(CHECKED, Boolean.TRUE);
    }
  }

  /**
   * What a translator makes of messages differs in wording and dates far more often than in shape,
   * and checking it cost half of all the work a referral makes. A shape found valid is not checked
   * again.
   */
  private void requireOfTranslation(Bundle bundle) {
    Optional<String> shape = Shape.of(bundle, clock);
    if (shape.isPresent() && proven.getIfPresent(shape.get()) != null) {
      return;
    }
    require(validator.faults(bundle));
    shape.ifPresent(valid -> proven.put(valid, Boolean.TRUE));
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void created(IBaseResource resource, RequestDetails request) {
    if (!isChecked(request)) {
      require(validator.faults(resource));
    }
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    if (!isChecked(request)) {
      require(validator.faults(after));
    }
  }

  private static boolean isChecked(RequestDetails request) {
    return request != null && request.getUserData().containsKey(CHECKED);
  }

  private static void require(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new UnprocessableEntityException("PROFILE_VIOLATED", FaultReport.of(faults));
    }
  }
}
