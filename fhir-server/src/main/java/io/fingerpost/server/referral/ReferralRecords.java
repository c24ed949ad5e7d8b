package io.fingerpost.server.referral;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The records of a referral in the store, read and written in the transaction that is open. What is
 * written here is the program following a move: it is not checked as a move of its own.
 */
final class ReferralRecords {

  private static final String FOLLOWS = ReferralRecords.class.getName();

  private final DaoRegistry daos;
  private final JdbcClient jdbc;

  ReferralRecords(DaoRegistry daos, JdbcClient jdbc) {
    this.daos = daos;
    this.jdbc = jdbc;
  }

  /** Whether a write follows from a move that has been checked. */
  static boolean follows(RequestDetails request) {
    return request instanceof SystemRequestDetails && request.getUserData().containsKey(FOLLOWS);
  }

  /** Ids of the ServiceRequests that a Task, an episode or a plan says it belongs to. */
  static Set<String> referralsOf(IBaseResource resource) {
    if (resource instanceof Task task) {
      return idsIn(List.of(task.getFocus()));
    } else if (resource instanceof EpisodeOfCare episode) {
      return idsIn(episode.getReferralRequest());
    } else if (resource instanceof CarePlan plan) {
      return idsIn(plan.getSupportingInfo());
    }
    return Set.of();
  }

  /** In order, so that no two wait for each other. */
  private static Set<String> idsIn(List<Reference> references) {
    Set<String> ids = new TreeSet<>();
    for (Reference reference : references) {
      IdType id = new IdType(reference.getReference());
      if ("ServiceRequest".equals(id.getResourceType()) && id.hasIdPart()) {
        ids.add(id.getIdPart());
      }
    }
    return ids;
  }

  /** Until the transaction ends nobody else moves these referrals. */
  void lock(Set<String> referrals) {
    for (String referral : referrals) {
      jdbc.sql(
              """
              select 1 from hfj_resource where res_type = 'ServiceRequest' and fhir_id = ?
              for no key update
              """)
          .param(referral)
          .query(Integer.class)
          .optional();
    }
  }

  ServiceRequest referral(String id) {
    return daos.getResourceDao(ServiceRequest.class)
        .read(new IdType("ServiceRequest", id), new SystemRequestDetails());
  }

  List<Task> tasksOf(String referral) {
    return search(Task.class, by(Task.SP_FOCUS, "ServiceRequest/" + referral));
  }

  Optional<Task> taskOf(String referral) {
    return tasksOf(referral).stream().findFirst();
  }

  /**
   * @param patient {@code Patient/<id>}
   */
  List<EpisodeOfCare> episodes(String patient) {
    return search(EpisodeOfCare.class, by(EpisodeOfCare.SP_PATIENT, patient));
  }

  List<CarePlan> plans(String patient) {
    return search(CarePlan.class, by(CarePlan.SP_PATIENT, patient));
  }

  List<ServiceRequest> referrals(String patient, ServiceRequestStatus... in) {
    TokenOrListParam statuses = new TokenOrListParam();
    Arrays.stream(in).forEach(status -> statuses.add(status.toCode()));
    return search(
        ServiceRequest.class,
        by(ServiceRequest.SP_PATIENT, patient).add(ServiceRequest.SP_STATUS, statuses));
  }

  private static SearchParameterMap by(String parameter, String reference) {
    return SearchParameterMap.newSynchronous().add(parameter, new ReferenceParam(reference));
  }

  private <R extends Resource> List<R> search(Class<R> type, SearchParameterMap by) {
    return daos
        .getResourceDao(type)
        .search(by, new SystemRequestDetails())
        .getAllResources()
        .stream()
        .map(type::cast)
        .toList();
  }

  <R extends Resource> void create(Class<R> type, R resource) {
    daos.getResourceDao(type).create(resource, following());
  }

  <R extends Resource> void update(Class<R> type, R resource) {
    daos.getResourceDao(type).update(resource, following());
  }

  private static RequestDetails following() {
    RequestDetails request = new SystemRequestDetails();
    request.getUserData().put(FOLLOWS, Boolean.TRUE);
    return request;
  }
}
