package io.fingerpost.bench.day;

import io.fingerpost.bench.day.Sender.Sent;
import io.fingerpost.bench.partner.Answer;
import io.fingerpost.bench.partner.CouncilFiles;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.FhirApi;
import io.fingerpost.bench.partner.GpMessages;
import io.fingerpost.bench.partner.Hl7;
import io.fingerpost.bench.partner.HospitalMessages;
import io.fingerpost.bench.partner.HospitalMessages.Said;
import io.fingerpost.bench.partner.HousingReferrals;
import io.fingerpost.bench.partner.MllpConnection;
import io.fingerpost.bench.partner.NhsNumbers;
import io.fingerpost.bench.partner.Partners;
import io.fingerpost.bench.partner.Person;
import io.fingerpost.bench.partner.ReferralForms;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the senders, each with a mixture of what its kind sends. */
final class Senders {

  private final Partners partners;
  private final NhsNumbers numbers;

  Senders(Partners partners, NhsNumbers numbers) {
    this.partners = partners;
    this.numbers = numbers;
  }

  Sender of(Kind kind, int rowsOfAFile) throws IOException {
    return switch (kind) {
      case HOSPITAL -> new Hospital(MllpConnection.open(partners.server().mllpPort()));
      case GP -> new Surgery(partners.as(DemoPartners.GP));
      case COUNCIL -> new Council(new CouncilFiles(partners.server().data()), rowsOfAFile);
      case LANDLORD -> new Landlord(partners.as(DemoPartners.LANDLORD));
      case FORM -> new Form(partners.as(DemoPartners.FORM));
    };
  }

  private Person person() {
    return Person.of(numbers.next());
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private static Sent answered(boolean asDue, int messages, int referrals, String what) {
    return asDue ? Sent.asDue(messages, referrals) : Sent.wrongly(what);
  }

  /** Ten in a hundred speak of referrals sent before; thirty-six of people alone. */
  private final class Hospital implements Sender {
    private final MllpConnection connection;
    private final Random random = new Random();

    /** Of the referral sent last, which is changed, taken back, and sent again. */
    private @Nullable Referred last;

    private record Referred(String id, Person person, String message) {}

    Hospital(MllpConnection connection) {
      this.connection = connection;
    }

    @Override
    public Sent send() throws IOException {
      Referred before = last;
      int which = random.nextInt(100);
      if (before == null || which < 46) {
        return refer();
      }
      String id = id().substring(0, 20);
      Instant now = Instant.now();
      if (which < 82) {
        return exchange(
            HospitalMessages.demographics(id, which < 64 ? person() : before.person(), now),
            "AA",
            1);
      }
      if (which < 88) {
        return exchange(HospitalMessages.change(id, before.id(), before.person(), now), "AA", 1);
      }
      if (which < 92) {
        last = null;
        return exchange(
            HospitalMessages.cancellation(id, before.id(), before.person(), now), "AA", 1);
      }
      if (which < 96) {
        return exchange(before.message(), "AA", 0);
      }
      String whole = HospitalMessages.referral(id, person(), Said.YES, now);
      String broken = whole.substring(0, whole.indexOf("PID|"));
      return exchange(broken, "AE", 1);
    }

    private Sent refer() throws IOException {
      String id = id().substring(0, 20);
      Person person = person();
      Said said = random.nextInt(10) == 0 ? Said.NOTHING : Said.YES;
      String message = HospitalMessages.referral(id, person, said, Instant.now());
      last = new Referred(id, person, message);
      Sent sent = exchange(message, "AA", 1);
      return new Sent(sent.messages(), sent.messages(), sent.fault());
    }

    private Sent exchange(String message, String due, int messages) throws IOException {
      String answer = connection.exchange(message);
      String code = Hl7.field(answer, "MSA", 1);
      return answered(
          code.equals(due),
          messages,
          0,
          Hl7.field(message, "MSH", 9) + " " + code + " " + Hl7.field(answer, "ERR", 8));
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  private final class Surgery implements Sender {
    private final FhirApi api;
    private final Random random = new Random();
    private String last = "";

    Surgery(FhirApi api) {
      this.api = api;
    }

    @Override
    public Sent send() {
      int which = random.nextInt(100);
      if (which < 8 && !last.isEmpty()) {
        return due(api.message(last), 409, 0, 0);
      }
      Person person = person();
      String message = GpMessages.referral(id(), person, Instant.now());
      if (which < 16) {
        String mistyped = NhsNumbers.mistyped(person.nhsNumber());
        return due(api.message(message.replace(person.nhsNumber(), mistyped)), 422, 1, 0);
      }
      last = message;
      return due(api.message(message), 200, 1, 1);
    }
  }

  private final class Council implements Sender {
    private final CouncilFiles files;
    private final int rows;

    Council(CouncilFiles files, int rows) {
      this.files = files;
      this.rows = rows;
    }

    @Override
    public Sent send() throws InterruptedException {
      List<String> all = new ArrayList<>();
      String file = "D" + id().substring(0, 13);
      int wrong = 0;
      for (int i = 0; i < rows; i++) {
        Person person = person();
        boolean mistyped = i % 10 == 9;
        wrong += mistyped ? 1 : 0;
        String number = person.nhsNumber();
        all.add(
            CouncilFiles.row(
                file + "-" + i,
                person,
                mistyped ? NhsNumbers.mistyped(number) : number,
                i % 10 == 5 ? "" : "yes",
                LocalDate.now()));
      }
      List<String> result =
          files.send(file + ".csv", CouncilFiles.file(all.toArray(String[]::new)));
      long refused = result.stream().filter(line -> line.contains(",refused,")).count();
      return answered(
          result.size() == rows && refused == wrong,
          rows,
          rows - wrong,
          result.size() + " results, " + refused + " refused");
    }
  }

  private final class Landlord implements Sender {
    private final FhirApi api;
    private final Random random = new Random();
    private String key = "";
    private String last = "";

    Landlord(FhirApi api) {
      this.api = api;
    }

    @Override
    public Sent send() {
      int which = random.nextInt(100);
      if (which < 10 && !key.isEmpty()) {
        return due(api.refer(last, key), 202, 0, 0);
      }
      String message = HousingReferrals.referral(id(), person(), Instant.now());
      if (which < 20) {
        return due(api.refer(message.replace("\"bedrooms\"", "\"rooms\""), id()), 400, 1, 0);
      }
      key = id();
      last = message;
      return due(api.refer(message, key), 202, 1, 1);
    }
  }

  private final class Form implements Sender {
    private final FhirApi api;

    Form(FhirApi api) {
      this.api = api;
    }

    @Override
    public Sent send() {
      String form = ReferralForms.filledIn(id(), person(), Instant.now());
      return due(api.post("QuestionnaireResponse/$refer", form), 200, 1, 1);
    }
  }

  private static Sent due(Answer answer, int status, int messages, int referrals) {
    return answered(answer.status() == status, messages, referrals, "HTTP " + answer.status());
  }
}
