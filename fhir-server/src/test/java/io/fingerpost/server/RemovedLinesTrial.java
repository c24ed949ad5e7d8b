package io.fingerpost.server;

import static io.fingerpost.server.LeakSuiteIT.Why.EXPIRED;
import static io.fingerpost.server.LeakSuiteIT.Why.IMPLIED_FOR_ANOTHER;
import static io.fingerpost.server.LeakSuiteIT.Why.LABELLED;
import static io.fingerpost.server.LeakSuiteIT.Why.NOT_COVERED;
import static io.fingerpost.server.LeakSuiteIT.Why.NOT_UNDERSTOOD;
import static io.fingerpost.server.LeakSuiteIT.Why.NOT_YET;
import static io.fingerpost.server.LeakSuiteIT.Why.REJECTED;
import static io.fingerpost.server.LeakSuiteIT.Why.SILENT;
import static io.fingerpost.server.LeakSuiteIT.Why.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.LeakSuiteIT.Why;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes out, one at a time and in the running program, the lines that hold back what may not be
 * seen, and looks whether the tests notice. How it went last stands in {@code docs/security.md}. It
 * takes minutes, and is no part of {@code mvn verify}:
 *
 * <pre>mvn -pl fhir-server -am -Dit.test=RemovedLinesTrial verify</pre>
 */
@OneServer
@TestInstance(Lifecycle.PER_CLASS)
class RemovedLinesTrial {

  private static final Logger log = LoggerFactory.getLogger(RemovedLinesTrial.class);
  private static final String ENFORCEMENT = "io.fingerpost.server.consent.enforcement.";
  private static final String VISIBILITY = "io.fingerpost.server.consent.visibility.";
  private static final String DECISION = "io.fingerpost.server.consent.decision.";

  private final LeakSuiteIT suite = new LeakSuiteIT();

  /**
   * A line, and what is asked without it.
   *
   * @param why the reason for which the leak suite is to ask; null for another test
   * @param other that other test
   */
  record Line(
      String says,
      String type,
      String written,
      String instead,
      @Nullable Why why,
      @Nullable Check other) {

    static Line of(String says, String type, String written, String instead, Why why) {
      return new Line(says, type, written, instead, why, null);
    }

    static Line of(String says, String type, String written, String instead, Check other) {
      return new Line(says, type, written, instead, null, other);
    }

    @Override
    public String toString() {
      return says;
    }
  }

  /** A test that fails where it notices. */
  interface Check {
    void run() throws Exception;
  }

  @BeforeAll
  void listTheWays() {
    suite.listTheWays();
    // With every line in its place nothing tells, or a notice would mean nothing.
    assertThat(suite.leaks(SILENT).toList()).isEmpty();
    assertThat(suite.leaks(LABELLED).toList()).isEmpty();
  }

  static Stream<Line> noticed() {
    return Stream.of(
        Line.of(
            "what is asked of a hidden record is answered as of none",
            ENFORCEMENT + "PartnerRequests",
            "&& !decisions.about(request, asked).permits()",
            "&& decisions.about(request, asked) == null",
            SILENT),
        Line.of(
            "searches are narrowed",
            VISIBILITY + "NarrowedSearch",
            "AudienceIndex.narrow(parameters, audience);",
            "audience.uri();",
            SILENT),
        Line.of(
            "a search by what refers to it is refused",
            ENFORCEMENT + "PartnerRequests",
            "if (REFUSED.stream().anyMatch(name::contains) ||",
            "if (!name.startsWith(\"_has\") && REFUSED.stream().anyMatch(name::contains) ||",
            SILENT),
        Line.of(
            "a search by what it refers to is refused",
            ENFORCEMENT + "PartnerRequests",
            "(name.contains(\".\") ||",
            "(name.contains(\"..\") ||",
            SILENT),
        Line.of(
            "Provenance and AuditEvent are for operators",
            ENFORCEMENT + "ConsentEnforcement",
            "(resource instanceof AuditEvent || resource instanceof Provenance)\n        &&",
            "(resource instanceof AuditEvent || resource instanceof Provenance)\n        ||",
            SILENT),
        Line.of(
            "a label has to be named",
            DECISION + "Inquiry",
            "return overlooked.contains(Obstacle.LABELS)\n",
            "return !path.labels().contains(\"\")\n",
            LABELLED),
        Line.of(
            "a rule ends with its period",
            DECISION + "Inquiry",
            "return overlooked.contains(Obstacle.PERIOD) ||",
            "return question != null ||",
            EXPIRED),
        Line.of(
            "a rule begins with its period",
            DECISION + "Period",
            "return !at.isBefore(start) &&",
            "return start != null &&",
            NOT_YET),
        Line.of(
            "a withdrawn consent is not in use",
            DECISION + "ConsentDecisionEngine",
            "return status == ConsentRecord.Status.ACTIVE ||",
            "return status != ConsentRecord.Status.DRAFT ||",
            WITHDRAWN),
        Line.of(
            "a rejected consent refuses",
            DECISION + "Inquiry",
            "if (consent.status() == ConsentRecord.Status.REJECTED) {",
            "if (consent.status() == ConsentRecord.Status.DRAFT) {",
            REJECTED),
        Line.of(
            "implied consent reaches its sender and the scheme",
            DECISION + "Inquiry",
            "&& isSenderOrScheme(implied, question.recipient().organisation())",
            "",
            IMPLIED_FOR_ANOTHER),
        Line.of(
            "what was not understood permits nothing",
            DECISION + "Inquiry",
            "if (!path.readable()\n",
            "if (path == null\n",
            NOT_UNDERSTOOD),
        Line.of(
            "a permit is for whom it names",
            DECISION + "Recipients",
            "return namesNobody() ||",
            "return recipient != null ||",
            NOT_COVERED),
        Line.of(
            "a paging link is its client's alone",
            VISIBILITY + "KeptPages",
            "if (!own) {",
            "if (ids == null) {",
            () -> consents().showsNothingByAnotherClientsPagingLink()));
  }

  private static ConsentIT consents() {
    ConsentIT consents = new ConsentIT();
    consents.oneHasAgreedAndOneHasSaidNothing();
    return consents;
  }

  @ParameterizedTest
  @MethodSource("noticed")
  void isNoticed(Line line) throws Exception {
    String noticed = without(line);

    assertThat(noticed).as("without: %s", line).isNotEmpty();
    log.info("without: {}: {}", line, noticed.lines().findFirst().orElse(""));
  }

  /** One cell or test that notices; empty where none does. */
  private String without(Line line) throws Exception {
    RemovedLine removed = RemovedLine.from(line.type(), line.written(), line.instead());
    try {
      return line.why() == null
          ? failureOf(line.other())
          : suite.leaks(line.why()).findAny().orElse("");
    } finally {
      removed.restore();
    }
  }

  private static String failureOf(@Nullable Check other) throws Exception {
    try {
      Objects.requireNonNull(other).run();
      return "";
    } catch (AssertionError failure) {
      return "a test of its own -> " + failure.getStackTrace()[0].getMethodName();
    }
  }
}
