package io.fingerpost.routes.inbound.socialcare;

import io.fingerpost.routes.inbound.Intake;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.Outcome;
import io.fingerpost.routes.partners.FileSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through one file: checks the whole of it, then takes row after row, and writes what became
 * of each. Done again from the beginning after any interruption, it stores nothing twice and comes
 * to the same result; so there is nothing to remember of how far it got.
 */
final class CouncilReception {

  private static final Logger log = LoggerFactory.getLogger(CouncilReception.class);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

  /** So many rows are under way for each that is worked on, so that no worker waits. */
  private static final int AHEAD = 4;

  /** So many at once, and it is not the rows: nothing more is read before they are settled. */
  private static final int MOST_UNSETTLED = 1_000;

  private final Intake intake;
  private final KeptRows kept;
  private final CouncilSettings settings;
  private final ExecutorService workers;
  private final Clock clock;

  CouncilReception(
      Intake intake,
      KeptRows kept,
      CouncilSettings settings,
      ExecutorService workers,
      Clock clock) {
    this.intake = intake;
    this.kept = kept;
    this.settings = settings;
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * A file, and how its sender writes.
   *
   * @param sender ODS code of the council whose folder it lay in
   */
  record Arrived(String sender, FileName name, Path path, FileSettings files, PgpKeys keys) {}

  /**
   * @param result where the result is written
   * @param stopping asked between rows; the file is then left for another time
   * @throws Interrupted when it was
   */
  void work(Arrived file, Path result, BooleanSupplier stopping) throws IOException {
    Counts counts = new Counts();
    try (ResultFile told = new ResultFile(result)) {
      try {
        ReceivedFile received =
            ReceivedFile.check(file.path(), file.name(), file.files(), file.keys(), settings);
        new Pass(file, received, told, counts, stopping).run();
      } catch (MessageRefused refused) {
        counts.add(told, refusedWhole(file, refused));
      }
    }
    log.info(
        "outcome=file-finished sender={} channel={} accepted={} held={} refused={}",
        file.sender(),
        CouncilTranslator.CHANNEL,
        counts.of(ResultRow.Word.ACCEPTED),
        counts.of(ResultRow.Word.HELD),
        counts.of(ResultRow.Word.REFUSED));
  }

  /** Kept by its digest: the file itself is in the archive. */
  private ResultRow refusedWhole(Arrived file, MessageRefused refused) throws IOException {
    String digest = sha256(file.path());
    byte[] body = ("{\"sha256\":\"" + digest + "\"}").getBytes(StandardCharsets.UTF_8);
    Outcome outcome =
        intake.refuse(file.sender(), RowReception.messageId(body, ""), body, refused).outcome();
    return ResultRow.refused(
        0,
        "",
        outcome instanceof Outcome.Refused told ? told.refusal() : refused.refusal(),
        Optional.empty());
  }

  private static String sha256(Path path) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The program is being stopped: the file stays where it is, and is worked on from there. */
  static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** How many rows became what. */
  private static final class Counts {
    private final long[] of = new long[ResultRow.Word.values().length];

    void add(ResultFile told, ResultRow row) throws IOException {
      told.write(row);
      of[row.word().ordinal()]++;
    }

    long of(ResultRow.Word word) {
      return of[word.ordinal()];
    }
  }

  /** One way through the rows of one file. */
  private final class Pass {
    private final Arrived file;
    private final ReceivedFile received;
    private final ResultFile told;
    private final Counts counts;
    private final BooleanSupplier stopping;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();

    /** Rows that failed for our own reasons; their results come last. Usually none. */
    private final List<RowReception.Taken> unsettled = new ArrayList<>();

    private final Instant until = clock.instant().plus(settings.patience());

    Pass(
        Arrived file,
        ReceivedFile received,
        ResultFile told,
        Counts counts,
        BooleanSupplier stopping) {
      this.file = file;
      this.received = received;
      this.told = told;
      this.counts = counts;
      this.stopping = stopping;
    }

    private record UnderWay(String reference, Future<RowReception.Taken> taken) {}

    void run() throws IOException {
      try (RowReader rows =
          new RowReader(received.open(), file.files().separator(), settings.maxRowCharacters())) {
        Header header = Header.read(rows.next().orElseThrow(CouncilReception::empty), file.files());
        RowReception reception = new RowReception(intake, kept, file.sender(), header);
        for (Optional<RowText> row = rows.next(); row.isPresent(); row = rows.next()) {
          begin(row.get(), header, reception);
        }
        while (!underWay.isEmpty()) {
          finishOldest(reception);
        }
        awaitUnsettled(reception);
      }
    }

    private void begin(RowText text, Header header, RowReception reception) throws IOException {
      if (stopping.getAsBoolean()) {
        throw new Interrupted();
      }
      Optional<CouncilRow> row;
      try {
        row = Optional.of(header.row(text));
      } catch (MessageRefused damaged) {
        put("", reception, () -> reception.refuse(text, damaged));
        return;
      }
      if (!row.get().isEmpty()) {
        CouncilRow whole = row.get();
        String reference = whole.reference();
        put(reference, reception, () -> reception.take(text.line(), whole));
      }
    }

    /** Two rows of one reference are not worked on at once: the first decides. */
    private void put(String reference, RowReception reception, Callable<RowReception.Taken> work)
        throws IOException {
      while (underWay.size() >= settings.workers() * AHEAD || isUnderWay(reference)) {
        finishOldest(reception);
      }
      underWay.add(new UnderWay(reference, workers.submit(work)));
    }

    private boolean isUnderWay(String reference) {
      return !reference.isEmpty()
          && underWay.stream().anyMatch(other -> other.reference().equals(reference));
    }

    private void finishOldest(RowReception reception) throws IOException {
      RowReception.Taken taken = get(underWay.remove().taken());
      Optional<ResultRow> result = reception.result(taken);
      if (result.isPresent()) {
        counts.add(told, result.get());
      } else {
        unsettled.add(taken);
        if (unsettled.size() >= MOST_UNSETTLED) {
          awaitUnsettled(reception);
        }
      }
    }

    /** The spine tries them again by itself; what is not settled in time is told as it stands. */
    private void awaitUnsettled(RowReception reception) throws IOException {
      while (!unsettled.isEmpty()) {
        boolean isOver = clock.instant().isAfter(until);
        for (RowReception.Taken taken : List.copyOf(unsettled)) {
          Optional<ResultRow> result = reception.laterResult(taken);
          if (result.isPresent() || isOver) {
            String reference = taken.row().reference();
            counts.add(told, result.orElseGet(() -> ResultRow.unsettled(taken.line(), reference)));
            unsettled.remove(taken);
          }
        }
        if (!unsettled.isEmpty()) {
          if (stopping.getAsBoolean()) {
            throw new Interrupted();
          }
          LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
          if (Thread.currentThread().isInterrupted()) {
            throw new Interrupted();
          }
        }
      }
    }

    private RowReception.Taken get(Future<RowReception.Taken> taken) {
      try {
        return taken.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Interrupted();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException ours) {
          throw ours;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private static MessageRefused empty() {
    return new MessageRefused(
        MessageRefused.Code.MESSAGE_MALFORMED,
        "file",
        "The file is empty. Begin it with a row of headers.");
  }
}
