package io.fingerpost.server.referral;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import io.fingerpost.profiles.identity.OdsCode;
import io.fingerpost.profiles.referral.MoveRole;
import io.fingerpost.profiles.referral.ReferralState;
import io.fingerpost.server.access.Caller;
import io.fingerpost.server.access.Client.Role;
import java.util.Set;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The referral is one that Z9H01 has sent. */
class MoverTest {

  private static final Task TASK =
      new Task().setRequester(new Reference().setIdentifier(new OdsCode("Z9H01").toIdentifier()));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # who,                      organisation, role,     moves it as
          the scheme,                 Z9S01,        SCHEME,   SCHEME
          who sent it,                Z9H01,        SENDER,   SENDER
          another sender,             Z9H02,        SENDER,   -
          who sent it as a reader,    Z9H01,        PARTNER,  -
          whom it is referred on to,  Z9C01,        PARTNER,  -
          the routes alone,           Z9S01,        ROUTES,   PROGRAM
          a data team,                Z9A01,        ANALYST,  -
          who keeps it running,       Z9S01,        OPERATOR, -
          """)
  void knowsAsWhatSomebodyMovesAReferral(
      String who, String organisation, Role role, @Nullable MoveRole expected) {
    RequestDetails request = new ServletRequestDetails();
    request
        .getUserData()
        .put(
            Caller.class.getName(),
            new Caller("client", organisation, "any", Set.of(role), Set.of(), "TREAT"));

    assertThat(Mover.of(request, TASK).role().orElse(null)).isEqualTo(expected);
  }

  @Test
  void knowsTheProgramByItsRequests() {
    assertThat(Mover.of(new SystemRequestDetails(), TASK).role()).contains(MoveRole.PROGRAM);
  }

  @Test
  void movesForASenderWhoseMessageTheRoutesHaveRead() {
    Mover program = Mover.of(new SystemRequestDetails(), TASK);

    assertThat(program.from(ReferralState.ACCEPTED))
        .containsExactlyInAnyOrder(ReferralState.CANCELLED, ReferralState.SENT_IN_ERROR);
    assertThat(program.from(ReferralState.IN_SUPPORT)).containsExactly(ReferralState.SENT_IN_ERROR);
  }

  @Test
  void opensNothingToOneWhoHasNoPartInIt() {
    Mover nobody = Mover.of(new ServletRequestDetails(), TASK);

    assertThat(nobody.beginnings()).isEmpty();
    assertThat(nobody.from(ReferralState.RECEIVED)).isEmpty();
  }
}
