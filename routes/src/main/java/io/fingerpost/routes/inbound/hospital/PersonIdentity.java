package io.fingerpost.routes.inbound.hospital;

import io.fingerpost.profiles.identity.NhsNumber;
import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.OriginalCode;
import io.fingerpost.terminology.CodeMap;
import io.fingerpost.terminology.CodeTranslator;
import io.fingerpost.terminology.SystemUrl;
import io.fingerpost.terminology.Translation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;

/**
 * Which person a PID names: by NHS number where one is said to be one, else by the sender's own
 * number. Position alone says nothing: ten digits in PID-2, PID-4 or PID-19 without a type or an
 * authority stay in the kept message, whatever their check digit.
 *
 * <pre>9990000018^^^NHS^NH~633^^^Z9H01^MR</pre>
 */
final class PersonIdentity {

  private static final String VERIFICATION_STATUS =
      "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";
  private static final String NHS_NUMBER_OID = "2.16.840.1.113883.2.1.4.1";
  private static final Set<String> LOCAL_TYPES = Set.of("", "MR", "MRN", "PI", "PT");
  private static final int INTERNAL_IDS = 3;

  /** PID-3 first; then what older interfaces keep using: external, alternate and SSN. */
  private static final int[] NUMBERS = {INTERNAL_IDS, 2, 4, 19};

  private static final int TRACING_STATUS = 32;

  private static final String WRONG_NUMBER =
      "The NHS number is not ten digits with a right check digit. Check it against the person's"
          + " record or trace it, and send again; if it is not known, leave it out and send your"
          + " own patient number with type MR.";
  private static final String SEVERAL_NUMBERS =
      "Different NHS numbers were sent for one person. Send the one that holds now.";

  private final CodeTranslator codes;

  PersonIdentity(CodeTranslator codes) {
    this.codes = codes;
  }

  /** The identifiers of the person; the first is the one to know the person by. */
  List<Identifier> identifiers(Hl7Segment pid, String sender) {
    List<Identifier> identifiers = new ArrayList<>();
    nhsNumber(pid)
        .ifPresent(number -> identifiers.add(withStatus(number.toIdentifier(), pid, sender)));
    identifiers.addAll(localIds(pid, INTERNAL_IDS, sender));
    if (identifiers.isEmpty()) {
      throw new MessageRefused(
          Code.PERSON_UNIDENTIFIED,
          pid.location(INTERNAL_IDS),
          "Send the NHS number with authority NHS and type NH, or your own patient number with"
              + " type MR. A number without either is not taken as an NHS number.");
    }
    return identifiers;
  }

  /** MRG-1 and, of older senders, MRG-4: the numbers of the record that is replaced. */
  List<Identifier> replaced(Hl7Segment mrg, String sender) {
    List<Identifier> identifiers = new ArrayList<>();
    for (int field : new int[] {1, 4}) {
      for (int repetition = 1; repetition <= mrg.repetitions(field); repetition++) {
        if (isNhsNumber(mrg, field, repetition)) {
          mrg.text(field, repetition, 1)
              .ifPresent(sent -> identifiers.add(valid(sent, mrg.location(field)).toIdentifier()));
        }
      }
      localIds(mrg, field, sender).forEach(identifiers::add);
    }
    if (identifiers.isEmpty()) {
      throw new MessageRefused(
          Code.PERSON_UNIDENTIFIED,
          mrg.location(1),
          "Send the number of the record that is replaced: the NHS number with authority NHS and"
              + " type NH, or your own with type MR.");
    }
    return identifiers;
  }

  private static NhsNumber valid(String sent, String location) {
    return NhsNumber.parse(sent)
        .filter(number -> !isPlaceholder(number))
        .orElseThrow(() -> invalid(location, WRONG_NUMBER));
  }

  private Optional<NhsNumber> nhsNumber(Hl7Segment pid) {
    Set<NhsNumber> numbers = new LinkedHashSet<>();
    for (int field : NUMBERS) {
      for (int repetition = 1; repetition <= pid.repetitions(field); repetition++) {
        Optional<String> sent = pid.text(field, repetition, 1);
        if (sent.isPresent() && isNhsNumber(pid, field, repetition)) {
          numbers.add(valid(sent.get(), pid.location(field)));
        }
      }
    }
    if (numbers.size() > 1) {
      throw invalid(pid.location(INTERNAL_IDS), SEVERAL_NUMBERS);
    }
    return numbers.stream().findFirst();
  }

  private static MessageRefused invalid(String location, String remedy) {
    return new MessageRefused(Code.NHS_NUMBER_INVALID, location, remedy);
  }

  /** 0000000000 and its like have right check digits, and would make one person of many. */
  private static boolean isPlaceholder(NhsNumber number) {
    return number.value().chars().distinct().count() == 1;
  }

  private static boolean isNhsNumber(Hl7Segment pid, int field, int repetition) {
    String authority = pid.text(field, repetition, 4).orElse("");
    String authorityOid = pid.text(field, repetition, 4, 2).orElse("");
    String type = pid.text(field, repetition, 5).orElse("").toUpperCase(Locale.ROOT);
    return authority.equalsIgnoreCase("NHS")
        || authority.equals(NHS_NUMBER_OID)
        || authorityOid.equals(NHS_NUMBER_OID)
        || type.equals("NH")
        || type.equals("HN");
  }

  /** Never raised and never invented: what PID-32 says of the number, or nothing. */
  private Identifier withStatus(Identifier number, Hl7Segment pid, String sender) {
    for (int repetition = 1; repetition <= pid.repetitions(TRACING_STATUS); repetition++) {
      String status = pid.text(TRACING_STATUS, repetition, 1).orElse("");
      if (status.isEmpty()) {
        continue;
      }
      Translation meaning = codes.translate(CodeMap.NHS_NUMBER_STATUS, status);
      if (meaning instanceof Translation.Mapped mapped) {
        number.addExtension(VERIFICATION_STATUS, new CodeableConcept().addCoding(mapped.coding()));
        break;
      } else if (meaning instanceof Translation.Unmapped unmapped) {
        OriginalCode.keep(unmapped, sender, number);
      }
    }
    return number;
  }

  private static List<Identifier> localIds(Hl7Segment pid, int field, String sender) {
    List<Identifier> own = new ArrayList<>();
    List<Identifier> ofOthers = new ArrayList<>();
    for (int repetition = 1; repetition <= pid.repetitions(field); repetition++) {
      Optional<String> value = pid.text(field, repetition, 1);
      String type = pid.text(field, repetition, 5).orElse("");
      if (value.isPresent()
          && LOCAL_TYPES.contains(type.toUpperCase(Locale.ROOT))
          && !isNhsNumber(pid, field, repetition)) {
        String authority = pid.text(field, repetition, 4).orElse(sender);
        (authority.equals(sender) ? own : ofOthers).add(localId(sender, authority, value.get()));
      }
    }
    own.addAll(ofOthers);
    return own;
  }

  /** Two hospitals of one trust give the same number to two people: each keeps its own system. */
  private static Identifier localId(String sender, String authority, String value) {
    String system = SystemUrl.LOCAL_PATIENT_ID.url() + "/" + sender;
    if (!authority.equals(sender)) {
      system += "/" + URLEncoder.encode(authority, StandardCharsets.UTF_8);
    }
    Coding medicalRecord = new Coding().setSystem(SystemUrl.V2_IDENTIFIER_TYPE.url()).setCode("MR");
    return new Identifier()
        .setType(new CodeableConcept().addCoding(medicalRecord))
        .setSystem(system)
        .setValue(value);
  }
}
