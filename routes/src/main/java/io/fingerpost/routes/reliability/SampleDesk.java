package io.fingerpost.routes.reliability;

import io.fingerpost.routes.reliability.UnmappedCodes.Noticed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where it is tried what would become of a sender's sample, were it sent. Nothing of it stays. */
public interface SampleDesk {

  /**
   * @param client the sender's, in the registry
   * @param channel by which it would come; null for what the sample looks like
   * @param name of the file
   */
  record Sample(String client, @Nullable String channel, String name, byte[] body) {}

  /**
   * @param messages in the order in which they stand in the sample
   * @param answer what the sender would be answered, as it would be sent
   */
  record Report(String channel, List<Trial> messages, String answer) {}

  /**
   * What would become of one message.
   *
   * @param outcome {@code stored}, {@code noted}, {@code held}, {@code refused} or {@code failed}
   * @param code why, where it is not stored; a stable code
   * @param says the kinds of content in it, in their order; none where it could not be read
   * @param state how the referral would stand, its status and its state at the scheme; null where
   *     none is made
   * @param unmapped codes in it that no map has
   */
  record Trial(
      String outcome,
      @Nullable String code,
      @Nullable String location,
      @Nullable String remedy,
      List<String> says,
      @Nullable String state,
      List<Noticed> unmapped) {}

  /**
   * @throws DeskRefused when nobody has this client, or no channel takes such a sample
   */
  Report tryOut(Sample sample);
}
