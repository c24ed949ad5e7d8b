package io.fingerpost.server.assessment;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.UriParam;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.jspecify.annotations.Nullable;

/** The sheets of questions: those that come with the program, and those the scheme has stored. */
final class Questionnaires {

  private static final String BASE = "https://fingerpost.io/Questionnaire/";

  private final FhirContext context;
  private final DaoRegistry daos;

  Questionnaires(FhirContext context, DaoRegistry daos) {
    this.context = context;
    this.daos = daos;
  }

  /**
   * @param canonical with or without a version; without, the one stored last
   */
  Optional<Questionnaire> find(@Nullable String canonical) {
    if (canonical == null || canonical.isBlank()) {
      return Optional.empty();
    }
    String[] parts = canonical.split("\\|", 2);
    String version = parts.length == 2 ? parts[1] : null;
    Optional<Questionnaire> found =
        parts[0].startsWith(BASE)
            ? shipped(parts[0].substring(BASE.length()))
            : stored(parts[0], version);
    return found.filter(sheet -> version == null || version.equals(sheet.getVersion()));
  }

  private Optional<Questionnaire> shipped(String id) {
    // The id comes from a response: it must not wander about the class path.
    if (!id.matches("[A-Za-z0-9-]{1,64}")) {
      return Optional.empty();
    }
    String file = "/questionnaires/Questionnaire-" + id + ".json";
    try (InputStream stream = Questionnaires.class.getResourceAsStream(file)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(context.newJsonParser().parseResource(Questionnaire.class, stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Questionnaire> stored(String url, @Nullable String version) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add(Questionnaire.SP_URL, new UriParam(url));
    return daos
        .getResourceDao(Questionnaire.class)
        .search(search, new SystemRequestDetails())
        .getAllResources()
        .stream()
        .map(Questionnaire.class::cast)
        .filter(sheet -> version == null || version.equals(sheet.getVersion()))
        .max(Comparator.comparing(Questionnaires::lastUpdated));
  }

  private static String lastUpdated(Questionnaire sheet) {
    IIdType id = sheet.getIdElement();
    return sheet.getMeta().getLastUpdatedElement().getValueAsString() + id.getIdPart();
  }
}
