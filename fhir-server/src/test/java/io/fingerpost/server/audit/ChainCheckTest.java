package io.fingerpost.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fingerpost.server.audit.Block.Content;
import io.fingerpost.server.audit.ChainCheck.Code;
import io.fingerpost.server.audit.ChainCheck.Counts;
import io.fingerpost.server.audit.ChainCheck.Fault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A chain of three blocks with three events each, and everything that can be done to it. */
class ChainCheckTest {

  private static final Instant NOW = Instant.parse("2026-03-20T08:00:00Z");

  private static AuditKeys ours;
  private static AuditKeys others;

  private final List<Block> blocks = new ArrayList<>();
  private final List<List<Entry>> events = new ArrayList<>();

  @BeforeAll
  static void keys(@TempDir Path folder) {
    ours = AuditKeys.load(folder.resolve("ours.jwks"));
    others = AuditKeys.load(folder.resolve("others.jwks"));
  }

  @BeforeEach
  void threeBlocks() {
    for (int block = 0; block < 3; block++) {
      List<Entry> entries = new ArrayList<>(List.of(entry(), entry(), entry()));
      events.add(entries);
      blocks.add(seal(block == 0 ? null : blocks.get(block - 1), entries, ours));
    }
  }

  @Test
  void findsNothingWhereNothingWasDone() {
    ChainCheck check = check(null);

    assertThat(check.fault()).isEmpty();
    assertThat(check.counts()).isEqualTo(new Counts(3, 9, 0, 0));
    assertThat(check.last()).contains(blocks.get(2));
  }

  /** What somebody may do who can write to the database. */
  enum Deed {
    ALTERS_AN_EVENT(Code.EVENT_ALTERED) {
      @Override
      void doTo(ChainCheckTest chain) {
        Entry one = chain.events.get(1).get(1);
        chain.events.get(1).set(1, with(one, one.event().replace("true", "false"), "deny"));
      }
    },
    ALTERS_WHAT_AN_EVENT_IS_FOUND_BY(Code.EVENT_ALTERED) {
      @Override
      void doTo(ChainCheckTest chain) {
        Entry one = chain.events.get(1).get(1);
        chain.events.get(1).set(1, with(one, one.event(), "deny"));
      }
    },
    MAKES_UP_AN_EVENT(Code.EVENT_ALTERED) {
      @Override
      void doTo(ChainCheckTest chain) {
        chain.events.get(1).add(entry(others));
      }
    },
    COPIES_AN_EVENT(Code.EVENTS_ADDED) {
      @Override
      void doTo(ChainCheckTest chain) {
        chain.events.get(1).add(chain.events.get(1).get(0));
      }
    },
    DELETES_AN_EVENT(Code.EVENTS_MISSING) {
      @Override
      void doTo(ChainCheckTest chain) {
        chain.events.get(1).remove(2);
      }
    },
    EXCHANGES_EVENTS_OF_TWO_BLOCKS(Code.EVENTS_EXCHANGED) {
      @Override
      void doTo(ChainCheckTest chain) {
        Entry one = chain.events.get(1).get(0);
        chain.events.get(1).set(0, chain.events.get(2).get(0));
        chain.events.get(2).set(0, one);
      }
    },
    DELETES_A_BLOCK_WITH_ITS_EVENTS(Code.BLOCK_MISSING) {
      @Override
      void doTo(ChainCheckTest chain) {
        chain.blocks.remove(1);
        chain.events.remove(1);
      }
    },
    EXCHANGES_BLOCKS(Code.BLOCK_ALTERED) {
      @Override
      void doTo(ChainCheckTest chain) {
        Block one = chain.blocks.get(1);
        chain.blocks.set(1, numbered(chain.blocks.get(2), 2));
        chain.blocks.set(2, numbered(one, 3));
      }
    },
    SEALS_OTHER_EVENTS_WITHOUT_OUR_KEY(Code.SIGNATURE_WRONG) {
      @Override
      void doTo(ChainCheckTest chain) {
        chain.events.get(1).remove(2);
        chain.blocks.set(1, seal(chain.blocks.get(0), chain.events.get(1), others));
      }
    },
    PUTS_ANOTHER_BLOCK_OF_OURS_IN(Code.CHAIN_BROKEN) {
      @Override
      void doTo(ChainCheckTest chain) {
        Block elsewhere = seal(null, chain.events.get(2), ours);
        chain.blocks.set(1, seal(elsewhere, chain.events.get(1), ours));
      }
    },
    SAYS_THAT_RETENTION_REMOVED_THEM(Code.REMOVAL_UNPROVEN) {
      @Override
      void doTo(ChainCheckTest chain) {
        chain.events.get(1).clear();
        chain.blocks.set(1, removed(chain.blocks.get(1), others));
      }
    };

    private final Code found;

    Deed(Code found) {
      this.found = found;
    }

    abstract void doTo(ChainCheckTest chain);
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void findsWhatWasDoneWhereItWasDone(Deed deed) {
    deed.doTo(this);

    assertThat(check(null).fault())
        .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo(deed.found))
        .hasValueSatisfying(fault -> assertThat(fault.block()).isEqualTo(2));
  }

  @Test
  void namesTheEventThatWasAltered() {
    Entry one = events.get(2).get(1);
    events.get(2).set(1, with(one, one.event() + " ", one.kind()));

    assertThat(check(null).fault()).contains(new Fault(Code.EVENT_ALTERED, 3, one.id()));
  }

  @Test
  void findsAnEventAlteredBeforeItWasSealed() {
    Entry one = entry();
    ChainCheck check = check(null);
    check.unsealed(with(one, one.event(), "deny"));

    assertThat(check.fault()).contains(new Fault(Code.EVENT_ALTERED, 0, one.id()));
  }

  @Test
  void followsAChainWhoseOldestEventsAreRemoved() {
    events.get(0).clear();
    blocks.set(0, removed(blocks.get(0), ours));

    ChainCheck check = check(null);
    assertThat(check.fault()).isEmpty();
    assertThat(check.counts()).isEqualTo(new Counts(3, 6, 3, 0));
  }

  @Test
  void findsEventsThatShouldHaveBeenRemoved() {
    blocks.set(0, removed(blocks.get(0), ours));

    assertThat(check(null).fault()).contains(new Fault(Code.REMOVAL_UNPROVEN, 1, null));
  }

  @Test
  void missesTheHeadThatWasNotedWhenTheEndIsCutOff() {
    String noted = blocks.get(2).head();
    assertThat(check(noted).fault()).isEmpty();
    assertThat(check(blocks.get(0).head()).fault()).isEmpty();

    blocks.remove(2);
    events.remove(2);

    assertThat(check(null).fault()).isEmpty();
    assertThat(check(noted).fault()).contains(new Fault(Code.HEAD_MISSING, 2, null));
  }

  private ChainCheck check(@Nullable String noted) {
    ChainCheck check = new ChainCheck(ours, noted);
    for (int i = 0; i < blocks.size(); i++) {
      List<Entry> entries = events.get(i);
      check.next(blocks.get(i), most -> entries.subList(0, Math.min(most, entries.size())));
    }
    return check;
  }

  private static Block seal(@Nullable Block before, List<Entry> entries, AuditKeys keys) {
    return Block.seal(before, Content.of(entries), NOW, keys);
  }

  private static Entry entry() {
    return entry(ours);
  }

  private static Entry entry(AuditKeys keys) {
    Event event =
        new Event(
            "aldhelm-fhir",
            "Z9H01",
            "TREAT",
            true,
            "PERMITTED",
            "E",
            Map.of("reason", "PERMITTED"),
            "",
            List.of(new Event.Part(List.of("Patient/1"), "Consent/3", List.of("CarePlan/7"))));
    return Entry.of(event, EventIds.next(NOW), NOW, keys.mac());
  }

  private static Entry with(Entry one, String event, String kind) {
    return new Entry(
        one.id(),
        one.recorded(),
        one.client(),
        one.organisation(),
        one.people(),
        one.outcome(),
        kind,
        event,
        one.mac());
  }

  private static Block numbered(Block one, long number) {
    return new Block(
        number,
        one.content(),
        one.sealedAt(),
        one.previous(),
        one.hash(),
        one.signed(),
        one.removal());
  }

  private static Block removed(Block one, AuditKeys keys) {
    return new Block(
        one.number(),
        one.content(),
        one.sealedAt(),
        one.previous(),
        one.hash(),
        one.signed(),
        one.remove(NOW, keys));
  }
}
