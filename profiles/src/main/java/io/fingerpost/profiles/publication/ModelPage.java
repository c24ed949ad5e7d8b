package io.fingerpost.profiles.publication;

import org.hl7.fhir.r4.model.StructureDefinition;

/** The page that explains the model to somebody who has only the package. */
final class ModelPage {
  private static final String RESOURCES = "../profiles/src/main/resources/";

  private static final String OPENING =
      """
      What a social prescribing scheme records, and the shape it has here: FHIR R4 profiles, each with the reason for what it asks.
      This page is made from the definitions by the build, which fails when it is out of date:

          mvn -q -DskipTests package && cp profiles/target/model.md docs/model.md

      `mvn package` leaves the same as a FHIR package in `profiles/target/%s`: definitions with snapshots, examples in
      `package/example`, counter-examples in `package/tests`, outcome tables in `package/other`. Any FHIR validator loads it.

      A resource is held to its profile when it is written, whether it claims the profile in `meta.profile` or not; what a profile does not
      mention is as FHIR R4 has it, and may be sent. In the tables, *card.* is how many there may be, and **S** marks what is
      supported: kept, shown and, where there is a way, passed on.
      """;

  private final Model model;

  ModelPage(Model model) {
    this.model = model;
  }

  String text() {
    Markdown page = new Markdown();
    page.heading(1, "The information model");
    page.block(OPENING.formatted(ModelPackage.fileName(model)));
    page.heading(2, "How the records refer to each other");
    page.block(new ReferencePicture(model).text());
    contents(page);
    for (StructureDefinition profile : model.profiles()) {
      new ProfileSection(model, profile, RESOURCES).writeTo(page);
    }
    new ListedSections(model).writeTo(page);
    return page.toString();
  }

  private void contents(Markdown page) {
    page.heading(2, "Profiles");
    page.head("profile", "of", "what it is");
    for (StructureDefinition profile : model.profiles()) {
      String title = profile.getTitle();
      page.row(
          "[" + title + "](" + Markdown.anchor(title) + ")",
          profile.getType(),
          profile.getDescription());
    }
  }
}
