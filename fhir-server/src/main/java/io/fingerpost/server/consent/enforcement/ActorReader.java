package io.fingerpost.server.consent.enforcement;

import io.fingerpost.profiles.consent.ConsentTerms;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.server.consent.decision.Recipients;
import io.fingerpost.terminology.SystemUrl;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * Reads whom a rule names as recipients: an organisation by reference or ODS code, or a kind of
 * organisation. An actor in any role but recipient limits the rule in a way that is not understood
 * here; so does one that cannot be found, or whose reference and identifier differ.
 */
final class ActorReader {
  private static final Pattern KIND = Pattern.compile("[a-z]+(-[a-z]+)*");

  private final Function<String, Optional<String>> odsCodeOf;

  ActorReader(Function<String, Optional<String>> odsCodeOf) {
    this.odsCodeOf = odsCodeOf;
  }

  /** All the recipients of a rule; empty when one of its actors is not understood. */
  Optional<Recipients> recipients(List<provisionActorComponent> actors) {
    Set<String> organisations = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    for (provisionActorComponent actor : actors) {
      Optional<String> kind = kindOf(actor.getReference());
      Optional<String> organisation =
          kind.isPresent() ? Optional.empty() : organisationOf(actor.getReference());
      if (!isRecipient(actor) || (kind.isEmpty() && organisation.isEmpty())) {
        return Optional.empty();
      }
      kind.ifPresent(kinds::add);
      organisation.ifPresent(organisations::add);
    }
    return Optional.of(new Recipients(organisations, kinds));
  }

  private static boolean isRecipient(provisionActorComponent actor) {
    return !actor.hasModifierExtension()
        && (!actor.hasRole() || ConsentTerms.IRCP.isIn(actor.getRole()));
  }

  private static Optional<String> kindOf(Reference actor) {
    return actor.hasReference()
        ? Optional.empty()
        : valueIn(SystemUrl.ORGANISATION_KIND, actor).filter(kind -> KIND.matcher(kind).matches());
  }

  /** The ODS code of the organisation that is meant; empty when that cannot be told. */
  Optional<String> organisationOf(Reference actor) {
    Optional<String> stated =
        valueIn(SystemUrl.ODS_ORGANISATION, actor).flatMap(OdsCode::parse).map(OdsCode::value);
    if (!actor.hasReference()) {
      return stated;
    }
    Optional<String> found = resolve(new IdType(actor.getReference()));
    return actor.hasIdentifier()
        ? found.filter(code -> stated.filter(code::equals).isPresent())
        : found;
  }

  private Optional<String> resolve(IdType id) {
    return "Organization".equals(id.getResourceType()) && id.hasIdPart() && !id.hasBaseUrl()
        ? odsCodeOf.apply("Organization/" + id.getIdPart())
        : Optional.empty();
  }

  private static Optional<String> valueIn(SystemUrl system, Reference actor) {
    Identifier identifier = actor.getIdentifier();
    return system.url().equals(identifier.getSystem())
        ? Optional.ofNullable(identifier.getValue())
        : Optional.empty();
  }
}
