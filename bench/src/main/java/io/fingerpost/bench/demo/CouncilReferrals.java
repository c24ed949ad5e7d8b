package io.fingerpost.bench.demo;

import static io.fingerpost.bench.demo.Scene.only;
import static io.fingerpost.bench.demo.Scene.referenceTo;
import static io.fingerpost.bench.demo.Scene.resources;

import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.bench.demo.Step.Seen;
import io.fingerpost.bench.partner.CouncilFiles;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Person;
import java.time.LocalDate;
import java.util.List;

/** How referrals come in from a council: a file of rows in the drop folder, and its result. */
final class CouncilReferrals {

  private static final String FILE = "wexcombe-council.csv";

  private final Scene scene;
  private final CouncilFiles council;
  private final String file;

  CouncilReferrals(Scene scene) {
    this.scene = scene;
    this.council = new CouncilFiles(scene.partners().server().data());
    Person agreed = scene.referredByCouncil();
    Person asked = scene.askedByCouncil();
    LocalDate today = LocalDate.now();
    this.file =
        CouncilFiles.file(
            CouncilFiles.row("WX-1", agreed, agreed.nhsNumber(), "yes", today),
            CouncilFiles.row("WX-2", asked, NhsNumbers.mistyped(asked.nhsNumber()), "yes", today),
            CouncilFiles.row("WX-3", asked, asked.nhsNumber(), "", today));
  }

  List<Step> steps() {
    String name = scene.referredByCouncil().name();
    return List.of(
        new Step("Wexcombe Council", "three rows in the drop folder, one mistyped", this::sends),
        new Step("Wexcombe Connect", "reads the first as FHIR: " + name, this::schemeReads),
        new Step("Wexcombe Council", "the same file again", this::sendsAgain));
  }

  private Seen sends() throws InterruptedException {
    List<String> result = council.send(FILE, file);
    return new Seen(
        words(result),
        result.size() == 3
            && result.get(0).startsWith("2,WX-1,accepted,")
            && result.get(1).startsWith("3,WX-2,refused,NHS_NUMBER_INVALID,")
            && result.get(2).startsWith("4,WX-3,held,CONSENT_MISSING,"));
  }

  /** {@code WX-1 accepted · WX-2 refused NHS_NUMBER_INVALID}. */
  private static String words(List<String> result) {
    return String.join(
        " · ",
        result.stream()
            .map(line -> line.split(",", 5))
            .map(cells -> (cells[1] + " " + cells[2] + " " + cells[3]).strip())
            .toList());
  }

  private Seen schemeReads() {
    FhirApi scheme = scene.scheme();
    Person person = scene.referredByCouncil();
    JsonNode patient = only(scheme.get("Patient?identifier=" + Scene.ofPerson(person)));
    String who = scene.keep("council's patient", referenceTo(patient));
    JsonNode request = only(scheme.get("ServiceRequest?patient=" + who));
    int flags = resources(scheme.get("Flag?patient=" + who)).size();
    String language = patient.at("/communication/0/language/coding/0/code").asText();
    String family = patient.at("/name/0/family").asText();
    return new Seen(
        "%s · referral %s · language %s · %d adjustments"
            .formatted(family, request.path("status").asText(), language, flags),
        family.equals(person.family())
            && request.path("status").asText().equals("active")
            && language.equals("bfi")
            && flags == 2);
  }

  private Seen sendsAgain() throws InterruptedException {
    Seen again = sends();
    int referrals =
        resources(scene.scheme().get("ServiceRequest?patient=" + scene.of("council's patient")))
            .size();
    return new Seen(
        "the same results · still " + referrals + " referral", again.asTold() && referrals == 1);
  }
}
