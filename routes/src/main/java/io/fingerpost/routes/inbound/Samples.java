package io.fingerpost.routes.inbound;

import io.fingerpost.routes.partners.Partner;
import io.fingerpost.routes.partners.PartnerRegistry;
import io.fingerpost.routes.reliability.DeskRefused;
import io.fingerpost.routes.reliability.Refusal;
import io.fingerpost.routes.reliability.SampleDesk;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives a sample to the channel it would come by, and tells in one form what comes of it. */
public final class Samples implements SampleDesk {

  private final PartnerRegistry partners;
  private final List<SampleReader> readers;
  private final Map<String, Translator> translators;
  private final DryRun.Means means;

  public Samples(
      PartnerRegistry partners,
      List<SampleReader> readers,
      List<Translator> translators,
      DryRun.Means means) {
    this.partners = partners;
    this.readers = readers;
    this.translators =
        translators.stream().collect(Collectors.toMap(Translator::channel, Function.identity()));
    this.means = means;
  }

  @Override
  public Report tryOut(Sample sample) {
    Partner sender =
        partners.ofClient(sample.client()).orElseThrow(DeskRefused.Code.SENDER_UNKNOWN::refusal);
    SampleReader reader = reader(sample);
    Translator translator = translators.get(reader.channel());
    if (translator == null) {
      throw new IllegalStateException("no translator for " + reader.channel());
    }
    DryRun dryRun = new DryRun(translator, means);
    String answer = reader.answer(sender, sample.name(), sample.body(), dryRun);
    List<Trial> trials =
        dryRun.attempts().stream().map(it -> it.outcome().told(new Telling(it))).toList();
    return new Report(reader.channel(), trials, answer);
  }

  private SampleReader reader(Sample sample) {
    String channel = sample.channel();
    List<SampleReader> fitting =
        readers.stream()
            .filter(
                reader ->
                    channel == null
                        ? reader.recognises(sample.name(), sample.body())
                        : reader.channel().equals(channel))
            .toList();
    if (fitting.size() != 1) {
      throw DeskRefused.Code.CHANNEL_UNCLEAR.refusal();
    }
    return fitting.get(0);
  }

  /** The words for each kind of outcome. */
  private record Telling(DryRun.Attempted attempt) implements Outcome.Telling<Trial> {

    private static final Refusal OURS =
        new Refusal(
            "TEMPORARILY_FAILED", "", "The fault is the server's: look at its log, and try again.");

    @Override
    public Trial stored(Outcome.Stored stored) {
      return trial("stored", null);
    }

    @Override
    public Trial noted(Outcome.Noted noted) {
      return trial("noted", new Refusal(noted.note().name(), "", ""));
    }

    @Override
    public Trial held(Outcome.Held held) {
      return trial("held", Outcome.Held.WHY);
    }

    @Override
    public Trial refused(Outcome.Refused refused) {
      return trial("refused", refused.refusal());
    }

    @Override
    public Trial failed(Outcome.Failed failed) {
      return trial("failed", OURS);
    }

    private Trial trial(String outcome, @Nullable Refusal why) {
      return new Trial(
          outcome,
          why == null ? null : why.code(),
          why == null ? null : why.location(),
          why == null ? null : why.remedy(),
          attempt.says(),
          attempt.state(),
          attempt.unmapped());
    }
  }
}
