package io.fingerpost.routes.inbound.self;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;

/**
 * Reads a form that was filled in: a QuestionnaireResponse of which nothing but the answers counts.
 * Every fault is found in one go.
 */
final class FormContent {

  /** Whom it is about, and by whom, is for the program to say; the rest says nothing of a form. */
  private static final Set<String> TAKEN =
      Set.of(
          "id",
          "meta",
          "language",
          "text",
          "identifier",
          "questionnaire",
          "status",
          "authored",
          "item");

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final int LONGEST_ID = 200;
  private static final int NAMED = 3;

  private static final Pattern TELEPHONE = Pattern.compile("[+]?[0-9][0-9 ()-]{3,23}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)+");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
  private static final Pattern POSTCODE =
      Pattern.compile("[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}");

  private static final String MALFORMED =
      "Send one FHIR R4 QuestionnaireResponse as JSON, with no element that FHIR does not have.";

  private static final String UNNAMED =
      "Give each form that is filled in a system and a value of its own, together of at most "
          + LONGEST_ID
          + " characters, and send it with the same when you repeat it.";

  private final FormQuestions questions = new FormQuestions();

  /** A form, and what is wrong with it. */
  record Read(QuestionnaireResponse response, Answers answers, List<Fault> faults) {}

  /** The form's own name, under which it is taken once: {@code system|value}. */
  static String messageId(byte[] body) {
    JsonNode identifier = StrictJson.read(body).path("identifier");
    String system = identifier.path("system").asText("").strip();
    String value = identifier.path("value").asText("").strip();
    String id = system + "|" + value;
    if (system.isEmpty() || value.isEmpty() || id.length() > LONGEST_ID) {
      throw MessageRefused.missing("QuestionnaireResponse.identifier", UNNAMED);
    }
    return id;
  }

  /**
   * @throws MessageRefused when it cannot be read at all
   */
  Read read(byte[] body, Instant receivedAt) {
    QuestionnaireResponse response = parsed(body);
    List<Fault> faults = new ArrayList<>();
    header(response, receivedAt, faults);
    Answers answers = questions.read(response.getItem(), faults);
    content(answers, LocalDate.ofInstant(receivedAt, LONDON), faults);
    return new Read(response, answers, faults);
  }

  /** All that is wrong, also where it cannot be read. */
  List<Fault> faults(byte[] body, Instant receivedAt) {
    try {
      return read(body, receivedAt).faults();
    } catch (MessageRefused unreadable) {
      return List.of(new Fault(unreadable.code(), unreadable.location(), unreadable.remedy()));
    }
  }

  /** Several faults as the one that the message log has room for. */
  static MessageRefused refused(List<Fault> faults) {
    String places =
        faults.stream().limit(NAMED).map(Fault::expression).collect(Collectors.joining(", "));
    return new MessageRefused(faults.get(0).code(), places, faults.get(0).remedy());
  }

  private static QuestionnaireResponse parsed(byte[] body) {
    JsonNode json = StrictJson.read(body);
    if (!json.path("resourceType").asText("").equals("QuestionnaireResponse")) {
      throw malformed();
    }
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    try {
      String text = new String(body, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
      return parser.parseResource(QuestionnaireResponse.class, text);
    } catch (RuntimeException unreadable) {
      // A parser that falls over does so on what it was given. Its words may quote the form.
      throw malformed();
    }
  }

  private static MessageRefused malformed() {
    return new MessageRefused(Code.MESSAGE_MALFORMED, "QuestionnaireResponse", MALFORMED);
  }

  private void header(QuestionnaireResponse sent, Instant receivedAt, List<Fault> faults) {
    for (Property property : sent.children()) {
      if (property.hasValues() && !TAKEN.contains(property.getName())) {
        faults.add(of(property.getName(), "Leave it out: a form is its answers."));
      }
    }
    if (sent.getMeta().hasSecurity() || sent.getMeta().hasTag()) {
      faults.add(of("meta", "Send it without labels and tags."));
    }
    if (!sent.getIdentifier().hasSystem() || !sent.getIdentifier().hasValue()) {
      faults.add(missing("identifier", UNNAMED));
    }
    if (!sent.hasQuestionnaire()) {
      faults.add(missing("questionnaire", "Send " + FormQuestions.URL + "."));
    } else if (!questions.isAskedBy(sent.getQuestionnaire())) {
      faults.add(of("questionnaire", "Send " + FormQuestions.URL + "."));
    }
    if (sent.getStatus() != QuestionnaireResponseStatus.COMPLETED) {
      faults.add(of("status", "Send completed forms only."));
    }
    if (!sent.hasAuthored()) {
      faults.add(missing("authored", "Send when it was filled in."));
    } else if (sent.getAuthoredElement().getPrecision().ordinal()
            < TemporalPrecisionEnum.SECOND.ordinal()
        || sent.getAuthored().toInstant().isAfter(receivedAt.plus(AHEAD))) {
      faults.add(of("authored", "Send date and time with an offset, and none that has not come."));
    }
  }

  private static Fault of(String element, String remedy) {
    return new Fault(Code.FIELD_INVALID, "QuestionnaireResponse." + element, remedy);
  }

  private static Fault missing(String element, String remedy) {
    return new Fault(Code.FIELD_MISSING, "QuestionnaireResponse." + element, remedy);
  }

  private static void content(Answers answers, LocalDate today, List<Fault> faults) {
    Checks checks = new Checks(answers, faults);
    checks.each("telephone", TELEPHONE, "Send a telephone number of digits and blanks.");
    checks.each("safe-telephone", TELEPHONE, "Send a telephone number of digits and blanks.");
    checks.each("referrer-telephone", TELEPHONE, "Send a telephone number of digits and blanks.");
    checks.each("email", EMAIL, "Send an e-mail address.");
    checks.each("referrer-email", EMAIL, "Send an e-mail address.");
    checks.each("language-code", LANGUAGE, "Send a code of BCP 47: cy, so, bfi.");
    checks.each("postcode", POSTCODE, "Send a postcode of the United Kingdom.");
    checks.that(
        "birth-date",
        text -> day(text).isPresent(),
        Code.FIELD_INVALID,
        "Send the day as 1958-11-02.");
    checks.that(
        "birth-date",
        text -> day(text).filter(day -> day.isAfter(today)).isEmpty(),
        Code.FIELD_INVALID,
        "It has not come yet.");
    checks.that(
        "nhs-number",
        FormContent::isNhsNumber,
        Code.NHS_NUMBER_INVALID,
        "Its check digit is wrong, or it stands for no number. Ask for it again, or leave it out.");
    checks.present(
        "safe-contact",
        answers.has("safe-telephone") || answers.has("leave-message"),
        "Say what to do and what not, where a number is safe and others are not.");
    checks.present(
        "arrange-more",
        answers.codings("arrange").stream().anyMatch(it -> it.getCode().equals("other")),
        "Say in words what else has to be arranged.");
    checks.present(
        "referrer-name",
        answers.code("who").filter(who -> !who.equals(Referrer.THE_PERSON)).isPresent(),
        "Say who asks for the person.");
    checks.present(
        "why",
        !answers.has("needs") && !checks.isFaulty("needs"),
        "Say what would help, or choose it.");
  }

  /** HAPI's parser takes a date of blanks. */
  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }

  /** 0000000000 and its like have right check digits, and would make one person of many. */
  private static boolean isNhsNumber(String text) {
    return NhsNumber.parse(text)
        .filter(number -> number.value().chars().distinct().count() > 1)
        .isPresent();
  }

  /** What is wrong for the form already has no answer here. */
  private record Checks(Answers answers, List<Fault> faults) {

    void each(String linkId, Pattern form, String remedy) {
      that(linkId, text -> form.matcher(text).matches(), Code.FIELD_INVALID, remedy);
    }

    void that(String linkId, Predicate<String> holds, Code code, String remedy) {
      if (!answers.texts(linkId).stream().allMatch(holds)) {
        faults.add(Fault.at(code, linkId, remedy));
      }
    }

    boolean isFaulty(String linkId) {
      String expression = Fault.at(Code.FIELD_INVALID, linkId, "").expression();
      return faults.stream().anyMatch(fault -> fault.expression().equals(expression));
    }

    void present(String linkId, boolean needed, String remedy) {
      if (needed && !answers.has(linkId) && !isFaulty(linkId)) {
        faults.add(Fault.at(Code.FIELD_MISSING, linkId, remedy));
      }
    }
  }
}
