package io.fingerpost.server.outcomes;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reads the store of this process, 500 resources at a time in the order they were first stored. No
 * transaction or result list is held between pages: what changes meanwhile is read as it then is.
 */
public final class JpaOutcomeSource implements OutcomeSource {
  private static final int PAGE = 500;

  // HAPI's searches page by offset, which reads every earlier row again and skips one for each
  // resource deleted meanwhile; after a known id neither happens.
  private static final String NEXT_PAGE =
      """
      select res_id, coalesce(fhir_id, cast(res_id as varchar)) as fhir_id
      from hfj_resource
      where res_type = ? and res_deleted_at is null and res_id > ?
      order by res_id
      limit ?
      """;

  private static final RowMapper<Stored> STORED =
      (row, number) -> new Stored(row.getLong("res_id"), row.getString("fhir_id"));

  private final DaoRegistry daos;
  private final JdbcTemplate database;

  public JpaOutcomeSource(DaoRegistry daos, JdbcTemplate database) {
    this.daos = daos;
    this.database = database;
  }

  @Override
  public Iterator<IBaseResource> all(String resourceType) {
    return new Pages(resourceType);
  }

  private record Stored(long row, String id) {}

  private final class Pages implements Iterator<IBaseResource> {
    private final String resourceType;
    private final Deque<IBaseResource> page = new ArrayDeque<>();
    private long lastRow = 0;
    private boolean hasMorePages = true;

    Pages(String resourceType) {
      this.resourceType = resourceType;
    }

    @Override
    public boolean hasNext() {
      // A page may come out empty when all of it was deleted after its ids were read.
      while (page.isEmpty() && hasMorePages) {
        readPage();
      }
      return !page.isEmpty();
    }

    @Override
    public IBaseResource next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.remove();
    }

    private void readPage() {
      List<Stored> stored = database.query(NEXT_PAGE, STORED, resourceType, lastRow, PAGE);
      hasMorePages = stored.size() == PAGE;
      if (!stored.isEmpty()) {
        lastRow = stored.get(stored.size() - 1).row();
        page.addAll(resources(stored));
      }
    }

    private List<IBaseResource> resources(List<Stored> stored) {
      TokenOrListParam ids = new TokenOrListParam();
      stored.forEach(one -> ids.add(one.id()));
      SearchParameterMap search = SearchParameterMap.newSynchronous();
      search.add(Constants.PARAM_ID, ids);
      search.setSort(new SortSpec(Constants.PARAM_PID));
      return daos.getResourceDao(resourceType)
          .search(search, new SystemRequestDetails())
          .getAllResources();
    }
  }
}
