package io.fingerpost.profiles.referral;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table in the program to the table people read, and both to making sense. */
class ReferralMovesTest {

  /** Every move there could be, legal or not, by everybody. */
  static Stream<Arguments> moves() {
    return Stream.of(ReferralState.values())
        .flatMap(
            from ->
                Stream.of(ReferralState.values())
                    .filter(to -> to != from)
                    .flatMap(
                        to ->
                            Stream.of(MoveRole.values())
                                .map(role -> Arguments.of(from, to, role))));
  }

  /** Every two moves that could be made one after the other, or be wished for at one instant. */
  static Stream<Arguments> twoMoves() {
    return Stream.of(ReferralState.values())
        .flatMap(
            from ->
                Stream.of(ReferralState.values())
                    .flatMap(
                        first ->
                            Stream.of(ReferralState.values())
                                .map(second -> Arguments.of(from, first, second))));
  }

  @ParameterizedTest
  @MethodSource("moves")
  void allowsWhatThePageAllowsAndNothingElse(ReferralState from, ReferralState to, MoveRole role) {
    assertThat(ReferralMoves.from(from, role).contains(to))
        .isEqualTo(pageAllows(from.code(), to.code(), role));
  }

  @ParameterizedTest
  @EnumSource
  void beginsWhereThePageBegins(MoveRole role) {
    for (ReferralState state : ReferralState.values()) {
      assertThat(ReferralMoves.beginnings(role).contains(state))
          .isEqualTo(pageAllows("(new)", state.code(), role));
    }
  }

  /**
   * Of two moves wished for at once the first wins, and the second is judged by where the referral
   * then stands: both together succeed only where one after the other is legal.
   */
  @ParameterizedTest
  @MethodSource("twoMoves")
  void judgesTheSecondOfTwoMovesByWhereTheFirstLed(
      ReferralState from, ReferralState first, ReferralState second) {
    ReferralState stands = from;
    int won = 0;
    for (ReferralState wished : List.of(first, second)) {
      if (ReferralMoves.from(stands, MoveRole.SCHEME).contains(wished)) {
        stands = wished;
        won++;
      }
    }

    boolean firstIsLegal = pageAllows(from.code(), first.code(), MoveRole.SCHEME);
    boolean secondIsLegal =
        pageAllows(firstIsLegal ? first.code() : from.code(), second.code(), MoveRole.SCHEME);
    assertThat(won).isEqualTo((firstIsLegal ? 1 : 0) + (secondIsLegal ? 1 : 0));
    if (firstIsLegal && secondIsLegal && first.care().hasEnded()) {
      assertThat(second).isEqualTo(ReferralState.SENT_IN_ERROR);
    }
  }

  @Test
  void namesEveryMoveOfThePageOnce() {
    assertThat(ReferralPage.moves())
        .extracting(row -> row.get(0) + " to " + row.get(1))
        .doesNotHaveDuplicates();
  }

  @Test
  void saysOfEachStateWhatThePageSays() {
    List<List<String>> told = new ArrayList<>();
    for (ReferralState state : ReferralState.values()) {
      told.add(
          List.of(
              state.code(),
              joined(state.task().stream().map(status -> status.toCode())),
              state.request().toCode(),
              joined(state.care().episode().stream().map(status -> status.toCode())),
              joined(state.care().plan().stream().map(status -> status.toCode()))));
    }

    assertThat(told)
        .isEqualTo(
            ReferralPage.states().stream()
                .map(row -> List.of(row.get(0), row.get(2), row.get(3), row.get(4), row.get(5)))
                .toList());
  }

  private static String joined(Stream<String> codes) {
    String all = String.join(", ", codes.toList());
    return all.isEmpty() ? "any" : all;
  }

  @Test
  void hasTheCodesOfItsCodeSystem() throws IOException {
    try (InputStream file =
        ReferralMovesTest.class.getResourceAsStream(
            "/codesystems/CodeSystem-referral-state.json")) {
      CodeSystem system =
          FhirContext.forR4Cached().newJsonParser().parseResource(CodeSystem.class, file);

      assertThat(system.getConcept())
          .extracting(ConceptDefinitionComponent::getCode, ConceptDefinitionComponent::getDisplay)
          .containsExactlyElementsOf(
              Stream.of(ReferralState.values())
                  .map(ReferralState::toCoding)
                  .map(
                      coding ->
                          org.assertj.core.groups.Tuple.tuple(
                              coding.getCode(), coding.getDisplay()))
                  .toList());
    }
  }

  @Test
  void leadsFromABeginningToEveryState() {
    Set<ReferralState> reached = new LinkedHashSet<>(ReferralMoves.beginnings(MoveRole.PROGRAM));
    List<ReferralState> toVisit = new ArrayList<>(reached);
    while (!toVisit.isEmpty()) {
      ReferralState state = toVisit.remove(0);
      for (MoveRole role : MoveRole.values()) {
        ReferralMoves.from(state, role).stream().filter(reached::add).forEach(toVisit::add);
      }
    }

    assertThat(reached).containsExactlyInAnyOrder(ReferralState.values());
  }

  private static boolean pageAllows(String from, String to, MoveRole role) {
    return ReferralPage.moves().stream()
        .anyMatch(
            row ->
                row.get(0).equals(from)
                    && row.get(1).equals(to)
                    && ReferralPage.words(row.get(2)).contains(role.word()));
  }
}
