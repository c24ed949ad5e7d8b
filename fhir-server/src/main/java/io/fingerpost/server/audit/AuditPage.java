package io.fingerpost.server.audit;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;

/**
 * One page of a search. The link to the next names the last event of this one, so that it holds for
 * as long as the event does, whatever is written meanwhile.
 */
final class AuditPage {

  static final String AFTER = "_after";

  private final RequestDetails request;
  private final int most;

  AuditPage(RequestDetails request, int most) {
    this.request = request;
    this.most = most;
  }

  static Bundle empty() {
    Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
    bundle.setId(UUID.randomUUID().toString());
    bundle.getMeta().setLastUpdated(new Date());
    return bundle;
  }

  /**
   * @param found one more than fits, where there is a next page
   */
  Bundle of(List<Told> found, Function<Told, AuditEvent> parsed) {
    Bundle bundle = empty();
    List<Told> shown = found.subList(0, Math.min(most, found.size()));
    bundle.addLink().setRelation(Bundle.LINK_SELF).setUrl(request.getCompleteUrl());
    if (found.size() > most) {
      bundle.addLink().setRelation(Bundle.LINK_NEXT).setUrl(after(shown.get(most - 1).id()));
    }
    for (Told one : shown) {
      bundle
          .addEntry()
          .setFullUrl(request.getFhirServerBase() + "/AuditEvent/" + one.id())
          .setResource(parsed.apply(one))
          .getSearch()
          .setMode(SearchEntryMode.MATCH);
    }
    return bundle;
  }

  private String after(String last) {
    Stream<String> asked =
        request.getParameters().entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals(AFTER))
            .sorted(Map.Entry.comparingByKey())
            .flatMap(
                parameter ->
                    Stream.of(parameter.getValue())
                        .map(value -> parameter.getKey() + "=" + encoded(value)));
    return Stream.concat(asked, Stream.of(AFTER + "=" + last))
        .collect(Collectors.joining("&", request.getFhirServerBase() + "/AuditEvent?", ""));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
