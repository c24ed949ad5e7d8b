package io.fingerpost.profiles;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.terminology.SystemUrl;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;

/**
 * What of a Bundle decides whether it meets the profiles: everything but the wording of its texts,
 * which days its dates are, the values of its identifiers, as long as these are plain, and the ids
 * and versions the store gave. Two Bundles of one shape are both valid or both not, so the second
 * need not be checked.
 *
 * <p>The rules that do look at such a value have their answer in the shape: a right NHS number, ODS
 * code or UPRN, a date to come, a period the right way round, to what precision a date is given. A
 * text that is not plain has no shape.
 */
public final class Shape {

  /**
   * Their own words are free; nothing in the profiles or in FHIR looks at them beyond plainness.
   */
  private static final Set<String> FREE_TEXT = Set.of("string", "markdown");

  private static final Set<String> POINTS_IN_TIME = Set.of("date", "dateTime", "instant");
  private static final Set<String> ODS_CODES =
      Set.of(SystemUrl.ODS_ORGANISATION.url(), SystemUrl.ODS_SITE.url());
  private static final String ADDRESS_KEY =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AddressKey";
  private static final String SAFE_CONTACT =
      "https://fingerpost.io/StructureDefinition/fingerpost-safe-contact";
  private static final Pattern UPRN = Pattern.compile("[0-9]{1,12}");
  private static final int LONGEST_PLAIN_TEXT = 100_000;

  /** As the store gives them, with or without type and version. */
  private static final Pattern STORED_ID =
      Pattern.compile("([A-Z][A-Za-z]{0,63}/)?[0-9]{1,19}(/_history/[0-9]{1,19})?");

  private final StringBuilder key = new StringBuilder(4096);
  private final Map<String, Integer> entries = new HashMap<>();
  private final long now;
  private boolean plain = true;

  private Shape(Clock clock) {
    this.now = clock.millis();
  }

  /** The shape as a key; empty when the Bundle has none. */
  public static Optional<String> of(Bundle bundle, Clock clock) {
    Shape shape = new Shape(clock);
    List<Bundle.BundleEntryComponent> all = bundle.getEntry();
    for (int index = 0; index < all.size(); index++) {
      shape.entries.put(all.get(index).getFullUrl(), index);
    }
    shape.key.append(bundle.getType());
    for (Bundle.BundleEntryComponent entry : all) {
      shape.key.append('|').append(entry.getRequest().getMethod()).append(entry.hasFullUrl());
      if (entry.getResource() != null) {
        shape.walk(entry.getResource());
      }
    }
    return shape.plain ? Optional.of(shape.key.toString()) : Optional.empty();
  }

  private void walk(Base part) {
    if (part.isPrimitive()) {
      primitive(part);
      return;
    }
    key.append(part.fhirType());
    if (part instanceof Reference reference && reference.hasReference()) {
      key.append(target(reference.getReference()));
    } else if (part instanceof Identifier identifier) {
      key.append(isRight(identifier));
    } else if (part instanceof Extension extension) {
      extension(extension);
    } else if (part instanceof Period period && period.hasStart() && period.hasEnd()) {
      key.append(period.getStart().after(period.getEnd()));
    }
    for (Property property : part.children()) {
      if (part instanceof Coding && property.getName().equals("display")) {
        // A display is held against its code, unlike any other text.
        key.append(property.hasValues() ? property.getValues().get(0).primitiveValue() : "");
      } else if (property.hasValues() && !isTarget(part, property)) {
        key.append('.').append(property.getName()).append('(');
        property.getValues().forEach(this::walk);
        key.append(')');
      }
    }
  }

  private void primitive(Base part) {
    String type = part.fhirType();
    String value = part.primitiveValue();
    key.append(type);
    if (value == null) {
      key.append('-');
    } else if (FREE_TEXT.contains(type)) {
      plain &= isPlain(value);
    } else if (POINTS_IN_TIME.contains(type) && part instanceof BaseDateTimeType time) {
      key.append(time.getPrecision()).append(time.getValue().getTime() > now);
    } else if (type.equals("id") && STORED_ID.matcher(value).matches()) {
      key.append('#');
    } else {
      key.append('=').append(value.length()).append(':').append(value);
    }
    for (Extension extension : ((Element) part).getExtension()) {
      walk(extension);
    }
  }

  private static boolean isTarget(Base part, Property property) {
    return part instanceof Reference && property.getName().equals("reference");
  }

  /** Within the Bundle by its place there, elsewhere by its type. */
  private String target(String reference) {
    Integer entry = entries.get(reference);
    if (entry != null) {
      return "#" + entry;
    }
    int slash = reference.indexOf('/');
    boolean stored = slash > 0 && reference.substring(slash + 1).matches("[0-9]{1,19}");
    plain &= stored;
    return stored ? reference.substring(0, slash) : "";
  }

  /** Of an identifier with a rule of its own: whether it keeps it. */
  private static String isRight(Identifier identifier) {
    String system = String.valueOf(identifier.getSystem());
    String value = identifier.getValue();
    if (value == null) {
      return "";
    } else if (SystemUrl.NHS_NUMBER.url().equals(system)) {
      return Boolean.toString(
          NhsNumber.parse(value).filter(number -> number.value().equals(value)).isPresent());
    } else if (ODS_CODES.contains(system)) {
      return Boolean.toString(
          OdsCode.parse(value).filter(code -> code.value().equals(value)).isPresent());
    }
    return "";
  }

  /**
   * The texts of UK Core's address key are held to a format; those of a safe contact to the
   * person's telephone numbers.
   */
  private void extension(Extension extension) {
    String url = String.valueOf(extension.getUrl());
    if (ADDRESS_KEY.equals(url)) {
      for (Extension part : extension.getExtension()) {
        if (part.getValue() != null && part.getValue().isPrimitive()) {
          key.append(UPRN.matcher(part.getValue().primitiveValue()).matches());
        }
      }
    }
    plain &= !SAFE_CONTACT.equals(url);
  }

  /** Not blank, and of letters, signs and the spaces FHIR allows. */
  private static boolean isPlain(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_PLAIN_TEXT
        && text.codePoints()
            .allMatch(
                point ->
                    point == '\n'
                        || point == '\r'
                        || point == '\t'
                        || !Character.isISOControl(point) && Character.isDefined(point));
  }
}
