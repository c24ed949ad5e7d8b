package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.jspecify.annotations.Nullable;

/** Our definitions of one kind, to be read and found, and by nobody changed. */
public final class DefinitionProvider<T extends MetadataResource> implements IResourceProvider {

  private final PublishedDefinitions definitions;
  private final Class<T> kind;

  DefinitionProvider(PublishedDefinitions definitions, Class<T> kind) {
    this.definitions = definitions;
    this.kind = kind;
  }

  @Override
  public Class<T> getResourceType() {
    return kind;
  }

  @Read
  public T read(@IdParam IdType id) {
    return definitions.byId(kind, id.getIdPart()).map(this::copy).orElseThrow(Refused::unknown);
  }

  /** All at once: there are fewer of a kind than fit a page. */
  @Search
  public Bundle search(
      @OptionalParam(name = "_id") @Nullable TokenParam id,
      @OptionalParam(name = "url") @Nullable UriParam url,
      @OptionalParam(name = "version") @Nullable TokenParam version,
      @OptionalParam(name = "name") @Nullable StringParam name,
      @OptionalParam(name = "status") @Nullable TokenParam status) {
    Stream<T> found = definitions.all(kind).stream();
    if (id != null) {
      found = found.filter(one -> Objects.equals(one.getIdElement().getIdPart(), id.getValue()));
    }
    if (url != null) {
      found = found.filter(one -> Objects.equals(one.getUrl(), url.getValue()));
    }
    if (version != null) {
      found = found.filter(one -> Objects.equals(one.getVersion(), version.getValue()));
    }
    if (name != null && name.getValue() != null) {
      String wanted = name.getValue().toLowerCase(Locale.ROOT);
      found = found.filter(one -> one.getName().toLowerCase(Locale.ROOT).startsWith(wanted));
    }
    if (status != null) {
      found = found.filter(one -> Objects.equals(one.getStatus().toCode(), status.getValue()));
    }
    Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
    found.forEach(
        one ->
            bundle
                .addEntry()
                .setFullUrl(one.getUrl())
                .setResource(copy(one))
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
    return bundle.setTotal(bundle.getEntry().size());
  }

  private T copy(T definition) {
    return kind.cast(definition.copy());
  }
}
