package io.fingerpost.routes;

import static com.tngtech.archunit.base.DescribedPredicate.and;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fingerpost.routes.PlantedArrows.Planted;
import io.fingerpost.routes.sharing.ApprovedShare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the routes to the arrow table of {@code docs/architecture.md}, and each rule to failing
 * when a class that breaks it is planted in the program.
 */
class ArchitectureTest {

  private static final String ROUTES = "io.fingerpost.routes";
  private static final String PARTNERS = ROUTES + ".partners";
  private static final String STORE = ROUTES + ".store";
  private static final String RELIABILITY = ROUTES + ".reliability";
  private static final String SPINE = ROUTES + ".inbound";
  private static final String SENDERS = ROUTES + ".inbound.(*)..";
  private static final String SHARING = ROUTES + ".sharing";
  private static final String GATEWAYS = ROUTES + ".outbound.(*)..";
  private static final String MESH = ROUTES + ".mesh";
  private static final String CONSOLE = ROUTES + ".console";
  private static final String PROFILES = "io.fingerpost.profiles..";
  private static final String TERMINOLOGY = "io.fingerpost.terminology..";

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROUTES);

  private static JavaClasses programWithPlanted;

  /** A rule, and a class that breaks it. */
  record Law(ArchRule rule, Planted planted) {
    @Override
    public String toString() {
      return rule.getDescription();
    }
  }

  static List<Law> laws() {
    return List.of(
        new Law(
            mayUse(PARTNERS),
            Planted.knowing(PARTNERS + ".KnowsTheStore", STORE + ".ReferralStore")),
        new Law(
            mayUse(RELIABILITY),
            Planted.knowing(RELIABILITY + ".KnowsPartners", PARTNERS + ".PartnerRegistry")),
        new Law(
            mayUse(MESH, RELIABILITY),
            Planted.knowing(MESH + ".KnowsWhatItCarries", SPINE + ".gp.GpTranslator")),
        new Law(
            mayUse(STORE, PROFILES, TERMINOLOGY),
            Planted.knowing(STORE + ".KnowsTheLog", RELIABILITY + ".MessageLog")),
        new Law(
            mayUse(SPINE, PARTNERS, RELIABILITY, STORE, PROFILES, TERMINOLOGY),
            Planted.knowing(SPINE + ".KnowsASender", SPINE + ".gp.GpTranslator")),
        new Law(
            mayUse(
                ROUTES + ".inbound.*..",
                SPINE,
                MESH,
                PARTNERS,
                RELIABILITY,
                STORE,
                PROFILES,
                TERMINOLOGY),
            Planted.knowing(SPINE + ".gp.Shares", SHARING + ".PartnerGateway")),
        new Law(
            slices()
                .matching(SENDERS)
                .should()
                .notDependOnEachOther()
                .as("no sender knows another"),
            Planted.knowing(
                SPINE + ".gp.KnowsTheHospital", SPINE + ".hospital.HospitalTranslator")),
        new Law(
            mayUse(SHARING, PARTNERS, RELIABILITY, STORE, PROFILES, TERMINOLOGY),
            Planted.knowing(SHARING + ".KnowsAGateway", ROUTES + ".outbound.gp.MessageDelivery")),
        new Law(
            mayUse(ROUTES + ".outbound.*..", SHARING, PARTNERS, RELIABILITY, PROFILES, TERMINOLOGY),
            Planted.knowing(ROUTES + ".outbound.gp.ReadsForItself", STORE + ".ReferralStore")),
        new Law(
            slices()
                .matching(GATEWAYS)
                .should()
                .notDependOnEachOther()
                .as("no gateway knows another"),
            Planted.knowing(
                ROUTES + ".outbound.gp.KnowsTheHospital",
                ROUTES + ".outbound.hospital.ReferralResponse")),
        new Law(
            mayUse(CONSOLE, PARTNERS, RELIABILITY, STORE),
            Planted.knowing(CONSOLE + ".KnowsTheSpine", SPINE + ".Spine")),
        new Law(
            noClasses()
                .that()
                .doNotHaveFullyQualifiedName(SHARING + ".ShareGate")
                .should()
                .accessTargetWhere(target(and(owner(type(ApprovedShare.class)), name("<init>"))))
                .as("only the gate makes an ApprovedShare"),
            new Planted(
                SHARING + ".Forges",
                """
                  interface Maker {
                    ApprovedShare of(
                        java.util.UUID id,
                        java.time.Instant at,
                        io.fingerpost.routes.partners.Partner recipient,
                        ReferralStanding standing);
                  }

                  Maker maker = ApprovedShare::new;
                """)),
        new Law(
            noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fingerpost.server..")
                .as("the routes do not know the server"),
            Planted.knowing(STORE + ".KnowsTheServer", "io.fingerpost.server.Anything")),
        new Law(
            classes()
                .should()
                .resideInAnyPackage(
                    ROUTES,
                    PARTNERS,
                    RELIABILITY,
                    MESH,
                    STORE,
                    SPINE,
                    ROUTES + ".inbound.*",
                    SHARING,
                    ROUTES + ".outbound.*",
                    CONSOLE)
                .as("every class lives in a room of the table"),
            new Planted(ROUTES + ".elsewhere.Lost", "")),
        new Law(
            noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Impl|Constants)(\\$.*)?")
                .as("names say what a class is for"),
            new Planted(STORE + ".StoreHelper", "")),
        new Law(
            noClasses()
                .should()
                .resideInAnyPackage(
                    "..util..", "..helper..", "..common..", "..impl..", "..dto..", "..model..")
                .as("packages are named after their subject"),
            new Planted(ROUTES + ".util.Anything", "")),
        new Law(
            slices().matching("io.fingerpost.(**)").should().beFreeOfCycles(),
            Planted.knowing(RELIABILITY + ".ClosesACircle", SPINE + ".Spine")));
  }

  /** What a room uses of this project, beside itself and its own inner rooms. */
  private static ArchRule mayUse(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.fingerpost.."))
                .or(resideInAPackage(room))
                .or(resideInAnyPackage(others)))
        .as(room + " uses nothing but " + (others.length == 0 ? "itself" : List.of(others)));
  }

  @BeforeAll
  static void plant(@TempDir Path folder) throws IOException {
    List<Planted> planted =
        Stream.concat(
                Stream.of(new Planted("io.fingerpost.server.Anything", "")),
                laws().stream().map(Law::planted))
            .toList();
    programWithPlanted =
        PlantedArrows.in(
            folder,
            planted,
            RoutesAutoConfiguration.class,
            ca.uhn.fhir.context.FhirContext.class,
            org.hl7.fhir.r4.model.Task.class,
            org.hl7.fhir.instance.model.api.IBaseResource.class,
            org.apache.camel.builder.RouteBuilder.class);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void holds(Law law) {
    law.rule().check(PROGRAM);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void failsWhereItIsBroken(Law law) {
    assertThat(law.rule().evaluate(programWithPlanted).getFailureReport().getDetails())
        .anyMatch(fault -> fault.contains(law.planted().name()));
  }
}
