package io.fingerpost.routes.inbound;

import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/** A person as sent, without the identifier that was found to be another's. */
final class WithoutNumber {

  private WithoutNumber() {}

  /**
   * What is left to know the person by is another number of the sender's; where there is none, the
   * message itself, so that somebody whose identifier nobody knows can still be kept.
   */
  static void take(UUID message, Patient sent) {
    List<Identifier> left = new ArrayList<>(sent.getIdentifier());
    Identifier wrong = left.remove(0);
    left.removeIf(
        other ->
            String.valueOf(wrong.getSystem()).equals(other.getSystem())
                && String.valueOf(wrong.getValue()).equals(other.getValue()));
    if (left.stream().noneMatch(WithoutNumber::isTheSendersOwn)) {
      left.add(
          0, new Identifier().setSystem(SystemUrl.HELD_MESSAGE.url()).setValue(message.toString()));
    }
    // The first is the one a person is known by.
    left.sort((one, other) -> Boolean.compare(isAnothers(one), isAnothers(other)));
    sent.setIdentifier(left);
  }

  private static boolean isTheSendersOwn(Identifier identifier) {
    return String.valueOf(identifier.getSystem()).startsWith(SystemUrl.LOCAL_PATIENT_ID.url());
  }

  private static boolean isAnothers(Identifier identifier) {
    return !isTheSendersOwn(identifier)
        && !SystemUrl.HELD_MESSAGE.url().equals(identifier.getSystem());
  }
}
