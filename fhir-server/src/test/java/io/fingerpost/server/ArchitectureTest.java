package io.fingerpost.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fingerpost.server.PlantedArrows.Planted;
import io.fingerpost.server.storage.OnFhirServerRole;
import io.fingerpost.server.storage.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the server to the arrow table of {@code docs/architecture.md}, and each rule to failing
 * when a class that breaks it is planted in the program.
 */
class ArchitectureTest {

  private static final String SERVER = "io.fingerpost.server";
  private static final String API = SERVER + ".api";
  private static final String STORAGE = SERVER + ".storage";
  private static final String ACCESS = SERVER + ".access";
  private static final String AUDIT = SERVER + ".audit";
  private static final String OUTCOMES = SERVER + ".outcomes";
  private static final String VOCABULARY = SERVER + ".vocabulary";
  private static final String ASSESSMENT = SERVER + ".assessment";
  private static final String REFERRAL = SERVER + ".referral";
  private static final String MATCHING = SERVER + ".matching";
  private static final String TRACING = SERVER + ".tracing";
  private static final String TLS = SERVER + ".tls";
  private static final String DECISION = SERVER + ".consent.decision";
  private static final String ENFORCEMENT = SERVER + ".consent.enforcement";
  private static final String VISIBILITY = SERVER + ".consent.visibility";
  private static final String OVERRIDE = SERVER + ".consent.override";
  private static final String PROFILES = "io.fingerpost.profiles..";
  private static final String TERMINOLOGY = "io.fingerpost.terminology..";

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(SERVER);

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
            classes()
                .that()
                .resideInAPackage(DECISION)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(DECISION, "java..", "org.jspecify..")
                .as("a decision is a function of the question and the consents, and nothing else"),
            Planted.knowing(DECISION + ".KnowsFhir", "org.hl7.fhir.r4.model.Consent")),
        new Law(
            mayUse(ENFORCEMENT, DECISION, OVERRIDE, ACCESS, AUDIT, PROFILES, TERMINOLOGY),
            Planted.knowing(ENFORCEMENT + ".KnowsTheTables", OUTCOMES + ".OutcomeTables")),
        new Law(
            mayUse(VISIBILITY, ENFORCEMENT, OVERRIDE, DECISION, ACCESS, PROFILES),
            Planted.knowing(VISIBILITY + ".KnowsTheAudit", AUDIT + ".DecisionAudit")),
        new Law(
            mayUse(OVERRIDE, DECISION, ACCESS, AUDIT, PROFILES, TERMINOLOGY),
            Planted.knowing(OVERRIDE + ".DecidesForItself", ENFORCEMENT + ".ShareDecisions")),
        new Law(
            mayUse(ACCESS, PROFILES, TERMINOLOGY),
            Planted.knowing(ACCESS + ".KnowsTheAudit", AUDIT + ".DecisionAudit")),
        new Law(
            mayUse(AUDIT, PROFILES, TERMINOLOGY),
            Planted.knowing(AUDIT + ".KnowsTheCaller", ACCESS + ".Caller")),
        new Law(
            mayUse(OUTCOMES, PROFILES, TERMINOLOGY),
            Planted.knowing(OUTCOMES + ".AsksForItself", ENFORCEMENT + ".ShareDecisions")),
        new Law(
            mayUse(VOCABULARY, PROFILES, TERMINOLOGY),
            Planted.knowing(VOCABULARY + ".KnowsTheCaller", ACCESS + ".Caller")),
        new Law(
            mayUse(ASSESSMENT, ACCESS, PROFILES, TERMINOLOGY),
            Planted.knowing(ASSESSMENT + ".DecidesForItself", ENFORCEMENT + ".ShareDecisions")),
        new Law(
            mayUse(REFERRAL, ACCESS, PROFILES, TERMINOLOGY),
            Planted.knowing(REFERRAL + ".AsksForConsent", ENFORCEMENT + ".ShareDecisions")),
        new Law(
            mayUse(MATCHING, ACCESS, AUDIT, PROFILES, TERMINOLOGY),
            Planted.knowing(MATCHING + ".DecidesForItself", ENFORCEMENT + ".ShareDecisions")),
        new Law(
            mayUse(TRACING, PROFILES, TERMINOLOGY),
            Planted.knowing(TRACING + ".KnowsTheCaller", ACCESS + ".Caller")),
        new Law(mayUse(TLS), Planted.knowing(TLS + ".KnowsClients", ACCESS + ".Caller")),
        new Law(
            mayUse(STORAGE, PROFILES, TERMINOLOGY),
            Planted.knowing(STORAGE + ".KnowsTheTables", OUTCOMES + ".OutcomeTables")),
        new Law(
            noClasses()
                .that()
                .resideOutsideOfPackage(API)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(API)
                .as("nobody uses the api"),
            Planted.knowing(STORAGE + ".KnowsTheApi", API + ".Anything")),
        new Law(
            noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fingerpost.routes..")
                .as("the server does not know the routes"),
            Planted.knowing(API + ".KnowsTheRoutes", "io.fingerpost.routes.Anything")),
        new Law(
            classes()
                .should()
                .resideInAnyPackage(
                    SERVER,
                    API,
                    STORAGE,
                    ACCESS,
                    AUDIT,
                    OUTCOMES,
                    VOCABULARY,
                    DECISION,
                    ENFORCEMENT,
                    VISIBILITY,
                    OVERRIDE,
                    ASSESSMENT,
                    REFERRAL,
                    MATCHING,
                    TRACING,
                    TLS)
                .as("every class lives in a room of the table"),
            new Planted(SERVER + ".elsewhere.Lost", "")),
        new Law(
            noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Impl|Constants)(\\$.*)?")
                .as("names say what a class is for"),
            new Planted(STORAGE + ".StorageHelper", "")),
        new Law(
            noClasses()
                .should()
                .resideInAnyPackage(
                    "..util..", "..helper..", "..common..", "..impl..", "..dto..", "..model..")
                .as("packages are named after their subject"),
            new Planted(SERVER + ".util.Anything", "")),
        new Law(
            slices().matching("io.fingerpost.(**)").should().beFreeOfCycles(),
            Planted.knowing(STORAGE + ".ClosesACircle", ACCESS + ".Caller")));
  }

  /**
   * What a room uses of this project beside itself. Two of storage's types are open to all: the
   * mark of the role, and the writer of files for the owner alone.
   */
  private static ArchRule mayUse(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.fingerpost.."))
                .or(resideInAPackage(room))
                .or(resideInAnyPackage(others))
                .or(type(OnFhirServerRole.class))
                .or(type(OwnerOnly.class)))
        .as(room + " uses nothing but " + List.of(others));
  }

  @BeforeAll
  static void plant(@TempDir Path folder) throws IOException {
    Stream<Planted> known =
        Stream.of(
            new Planted(API + ".Anything", ""), new Planted("io.fingerpost.routes.Anything", ""));
    List<Planted> planted = Stream.concat(known, laws().stream().map(Law::planted)).toList();
    programWithPlanted =
        PlantedArrows.in(
            folder,
            planted,
            Fingerpost.class,
            org.hl7.fhir.r4.model.Consent.class,
            org.hl7.fhir.instance.model.api.IBaseResource.class,
            ca.uhn.fhir.context.FhirContext.class);
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
