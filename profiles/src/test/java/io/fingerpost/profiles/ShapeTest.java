package io.fingerpost.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.fingerpost.terminology.SystemUrl;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of one shape must mean: the profiles hold for both, or for neither. */
class ShapeTest {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);

  @Test
  void isTheSameForAnotherPersonOnAnotherDay() {
    Bundle other = bundle();
    Patient patient = patient(other);
    patient.getNameFirstRep().setFamily("Thatcher-Ng").getGiven().get(0).setValue("Ola");
    patient.setBirthDateElement(new DateType("1960-07-08"));
    patient.getIdentifierFirstRep().setValue("9990000026");
    assertThat(Shape.of(other, NOW)).isEqualTo(Shape.of(bundle(), NOW)).isPresent();
  }

  @Test
  void isTheSameForAnotherRecordInAnotherVersion() {
    assertThat(stored("12", "1")).isEqualTo(stored("4711", "23")).isPresent();
    assertThat(stored("12", "1"))
        .isNotEqualTo(stored("by-hand", "1"))
        .isNotEqualTo(Shape.of(bundle(), NOW));
  }

  private static Optional<String> stored(String id, String version) {
    Bundle changed = bundle();
    patient(changed).setId(id);
    patient(changed).getMeta().setVersionId(version).setLastUpdated(new Date(0));
    return Shape.of(changed, NOW);
  }

  /** Each breaks or may break a rule, so none may pass for the bundle that was proven. */
  static List<Consumer<Bundle>> changesThatMatter() {
    return List.of(
        bundle -> patient(bundle).getIdentifierFirstRep().setValue("9990000019"),
        bundle -> patient(bundle).getIdentifierFirstRep().setValue("999 000 0018"),
        bundle -> patient(bundle).getIdentifierFirstRep().setSystem("urn:other"),
        bundle -> patient(bundle).setBirthDateElement(new DateType("2090-01-01")),
        bundle -> patient(bundle).setBirthDateElement(new DateType("1960")),
        bundle -> patient(bundle).getName().clear(),
        bundle -> patient(bundle).setActive(!patient(bundle).getActive()),
        bundle -> task(bundle).setStatus(Task.TaskStatus.REJECTED),
        bundle -> task(bundle).setFor(new Reference("Organization/12")),
        bundle -> task(bundle).setFocus(null),
        bundle -> task(bundle).getCode().getCodingFirstRep().setCode("approve"),
        bundle -> bundle.getEntry().remove(0),
        bundle -> bundle.addEntry(bundle.getEntryFirstRep().copy()),
        bundle -> patient(bundle).addExtension().setUrl("urn:x"));
  }

  @ParameterizedTest
  @MethodSource("changesThatMatter")
  void differsWhereARuleMayLook(Consumer<Bundle> change) {
    Bundle changed = bundle();
    change.accept(changed);
    assertThat(Shape.of(changed, NOW)).isNotEqualTo(Shape.of(bundle(), NOW));
  }

  @ParameterizedTest
  @MethodSource("textsThatAreNotPlain")
  void isNoneForTextThatIsNotPlain(String text) {
    Bundle odd = bundle();
    patient(odd).getNameFirstRep().setFamily(text);
    assertThat(Shape.of(odd, NOW)).isEqualTo(Optional.empty());
  }

  static List<String> textsThatAreNotPlain() {
    return List.of(" ", "a\u0000b", "bell\u0007", "\u0085", "x".repeat(100_001));
  }

  @Test
  void tellsWhatIsAUprnFromWhatIsNone() {
    assertThat(withUprn("100042")).isEqualTo(withUprn("99900000171")).isPresent();
    assertThat(withUprn("100042")).isNotEqualTo(withUprn("ZZ99 3VZ"));
  }

  private static Optional<String> withUprn(String value) {
    Bundle changed = bundle();
    Extension key =
        patient(changed)
            .getAddressFirstRep()
            .addExtension()
            .setUrl("https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AddressKey");
    key.addExtension("value", new StringType(value));
    return Shape.of(changed, NOW);
  }

  @Test
  void tellsAnOdsCodeFromWhatIsNone() {
    assertThat(withOdsCode("Z91001")).isEqualTo(withOdsCode("Z9L01")).isPresent();
    assertThat(withOdsCode("Z91001")).isNotEqualTo(withOdsCode("z91001"));
  }

  private static Optional<String> withOdsCode(String value) {
    Bundle changed = bundle();
    Identifier ods = new Identifier().setSystem(SystemUrl.ODS_ORGANISATION.url()).setValue(value);
    patient(changed).getManagingOrganization().setIdentifier(ods);
    return Shape.of(changed, NOW);
  }

  /** Its rule holds texts against one another, which no shape can tell. */
  @Test
  void isNoneForSomebodyWithSafeContact() {
    Bundle safe = bundle();
    patient(safe)
        .addExtension()
        .setUrl("https://fingerpost.io/StructureDefinition/fingerpost-safe-contact")
        .addExtension("instruction", new StringType("Ring before noon."));
    assertThat(Shape.of(safe, NOW)).isEmpty();
  }

  private static Bundle bundle() {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    for (String example : List.of("Patient-known-to-the-gp", "Task-just-requested")) {
      bundle.addEntry().setFullUrl("urn:uuid:" + example).setResource(read(example));
    }
    patient(bundle).getIdentifierFirstRep().setValue("9990000018");
    patient(bundle).setBirthDateElement(new DateType("1958-11-02"));
    task(bundle).setFor(new Reference("urn:uuid:Patient-known-to-the-gp"));
    task(bundle).setFocus(new Reference("ServiceRequest/7"));
    task(bundle).setRequester(new Reference("Organization/8"));
    task(bundle).setOwner(new Reference("Organization/9"));
    return bundle;
  }

  private static Patient patient(Bundle bundle) {
    return (Patient) bundle.getEntry().get(0).getResource();
  }

  private static Task task(Bundle bundle) {
    return (Task) bundle.getEntry().get(1).getResource();
  }

  private static Resource read(String example) {
    InputStream file = ShapeTest.class.getResourceAsStream("/examples/valid/" + example + ".json");
    return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(file);
  }
}
