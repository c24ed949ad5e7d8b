package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.jpa.api.dao.IDao;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamUri;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.param.UriOrListParam;
import ca.uhn.fhir.rest.param.UriParam;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SearchParameter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The index itself: rows of HAPI's own table of URIs, under a search parameter that no resource has
 * a value for. HAPI searches by them and leaves them alone when a resource changes, so that what a
 * record may be found by can change without a new version of it.
 */
final class AudienceIndex {

  static final String PARAMETER = "visible-to";

  private static final String NOBODY = "urn:fingerpost:nobody";

  /** Every stored type that is about people; a new one cannot be searched for until it is here. */
  static final List<String> TYPES =
      List.of(
          "Patient",
          "RelatedPerson",
          "CareTeam",
          "ServiceRequest",
          "Task",
          "Consent",
          "QuestionnaireResponse",
          "Observation",
          "Goal",
          "CarePlan",
          "Appointment",
          "Encounter",
          "Communication",
          "EpisodeOfCare",
          "Flag",
          "Provenance");

  private final EntityManager entities;
  private final JdbcTemplate jdbc;
  private final PartitionSettings partitions;

  AudienceIndex(EntityManager entities, JdbcTemplate jdbc, PartitionSettings partitions) {
    this.entities = entities;
    this.jdbc = jdbc;
    this.partitions = partitions;
  }

  /** What HAPI has to know to search by it. It is no client's to search by. */
  static SearchParameter searchParameter() {
    SearchParameter parameter = new SearchParameter();
    parameter.setId("fingerpost-" + PARAMETER);
    parameter.setUrl("https://fingerpost.io/SearchParameter/" + PARAMETER);
    parameter.setName(PARAMETER).setCode(PARAMETER).setStatus(PublicationStatus.ACTIVE);
    parameter.setDescription("Which organisations may see the record, and what for.");
    parameter.setType(SearchParamType.URI).setExpression("Resource.implicitRules.where(false)");
    TYPES.forEach(parameter::addBase);
    return parameter;
  }

  static boolean isNarrowed(SearchParameterMap search, Audience audience) {
    List<List<IQueryParameterType>> criteria = search.get(PARAMETER);
    return criteria != null
        && criteria.size() == 1
        && criteria.get(0).stream()
            .map(criterion -> ((UriParam) criterion).getValue())
            .toList()
            .equals(namesOf(audience));
  }

  /** In the place of whatever the asker may have put there. */
  static void narrow(SearchParameterMap search, Audience audience) {
    UriOrListParam either = new UriOrListParam();
    namesOf(audience).forEach(uri -> either.addOr(new UriParam(uri)));
    search.remove(PARAMETER);
    search.add(PARAMETER, either);
  }

  static boolean isNarrowedToNothing(SearchParameterMap search) {
    return search.containsKey(PARAMETER)
        && search.get(PARAMETER).stream()
            .flatMap(List::stream)
            .anyMatch(criterion -> NOBODY.equals(((UriParam) criterion).getValue()));
  }

  /** No record is indexed for nobody. */
  static void narrowToNothing(SearchParameterMap search) {
    search.remove(PARAMETER);
    search.add(PARAMETER, new UriParam(NOBODY));
  }

  private static List<String> namesOf(Audience audience) {
    return List.of(audience.uri(), Audience.EVERYONE);
  }

  /** So that what this transaction has written can be seen by statements of our own. */
  void flush() {
    entities.flush();
  }

  /** Records that were there before are no longer found by what they were found by. */
  void clear(Collection<Resource> records) {
    if (records.isEmpty()) {
      return;
    }
    Long[] ids = records.stream().map(AudienceIndex::idOf).toArray(Long[]::new);
    jdbc.update(
        connection -> {
          PreparedStatement statement = delete(connection);
          statement.setArray(1, connection.createArrayOf("bigint", ids));
          return statement;
        });
  }

  private static PreparedStatement delete(Connection connection) throws SQLException {
    return connection.prepareStatement(
        "delete from hfj_spidx_uri where sp_name = '" + PARAMETER + "' and res_id = any(?)");
  }

  /**
   * @param records {@code Type/<id>}
   * @return those among them that this audience may see
   */
  Set<String> visibleTo(Audience audience, Set<String> records) {
    String[] known = records.toArray(String[]::new);
    List<String> visible =
        jdbc.query(
            connection -> {
              PreparedStatement statement =
                  connection.prepareStatement("select * from fingerpost.visible(?, ?)");
              statement.setArray(1, connection.createArrayOf("text", known));
              statement.setArray(2, connection.createArrayOf("text", namesOf(audience).toArray()));
              return statement;
            },
            (row, number) -> row.getString(1));
    return Set.copyOf(visible);
  }

  void add(Map<Resource, Set<String>> visible) {
    visible.forEach((record, uris) -> uris.forEach(uri -> entities.persist(row(record, uri))));
  }

  private ResourceIndexedSearchParamUri row(Resource record, String uri) {
    ResourceIndexedSearchParamUri row =
        new ResourceIndexedSearchParamUri(partitions, record.fhirType(), PARAMETER, uri);
    row.setResourceId(idOf(record));
    return row;
  }

  private static long idOf(Resource record) {
    JpaPid pid = IDao.RESOURCE_PID.get(record);
    return Objects.requireNonNull(pid).getId();
  }
}
