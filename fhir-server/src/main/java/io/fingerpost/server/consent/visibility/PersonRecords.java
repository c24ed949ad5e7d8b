package io.fingerpost.server.consent.visibility;

import ca.uhn.fhir.jpa.dao.ISearchBuilder;
import ca.uhn.fhir.jpa.dao.SearchBuilderFactory;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything in the store that is about a person, in the transaction that is open. */
final class PersonRecords {

  private final SearchBuilderFactory<JpaPid> builders;
  private final JdbcClient jdbc;

  PersonRecords(SearchBuilderFactory<JpaPid> builders, JdbcClient jdbc) {
    this.builders = builders;
    this.jdbc = jdbc;
  }

  /**
   * @param person {@code Patient/<id>}
   * @return the Patient, and whatever refers to it by a search parameter of its own
   */
  List<Resource> about(String person) {
    List<JpaPid> ids =
        jdbc.sql(
                """
                with person as (
                  select res_id from hfj_resource where res_type = 'Patient' and fhir_id = ?)
                select res_id from person
                union
                select l.src_resource_id from hfj_res_link l
                  join person on l.target_resource_id = person.res_id
                """)
            .param(person.substring(person.indexOf('/') + 1))
            .query((row, number) -> JpaPid.fromId(row.getLong(1)))
            .list();
    return load(ids).stream()
        .filter(record -> Visibility.peopleIn(record).contains(person))
        .toList();
  }

  private Collection<Resource> load(List<JpaPid> ids) {
    List<IBaseResource> loaded = new ArrayList<>();
    ISearchBuilder<JpaPid> builder = builders.newSearchBuilder("Patient", Patient.class);
    builder.loadResourcesByPid(ids, Set.of(), loaded, false, new SystemRequestDetails());
    return loaded.stream().map(Resource.class::cast).toList();
  }

  /**
   * @param reference {@code Patient/<id>}
   */
  record Someone(long id, String reference) {}

  /** All Patients after this one, in order. */
  List<Someone> peopleAfter(long last, int most) {
    return jdbc.sql(
            """
            select res_id, fhir_id from hfj_resource where res_type = 'Patient' and res_id > ?
            order by res_id limit ?
            """)
        .params(last, most)
        .query((row, number) -> new Someone(row.getLong(1), "Patient/" + row.getString(2)))
        .list();
  }
}
