package io.fingerpost.routes.inbound.hospital;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.HumanName;

/** Names, addresses and telephone numbers, as PID and PRD both write them. */
final class ContactFields {

  private ContactFields() {}

  /** {@code COX^Brian^James^^Mr^^L~COX^Bri^^^^^N}: family, given, further, suffix, prefix, type. */
  static List<HumanName> names(Hl7Segment segment, int field) {
    return each(segment, field, repetition -> name(segment, field, repetition));
  }

  private static Optional<HumanName> name(Hl7Segment segment, int field, int repetition) {
    HumanName name = new HumanName();
    segment.text(field, repetition, 1).ifPresent(name::setFamily);
    segment.text(field, repetition, 2).ifPresent(name::addGiven);
    segment.text(field, repetition, 3).ifPresent(name::addGiven);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    segment.text(field, repetition, 4).ifPresent(name::addSuffix);
    segment.text(field, repetition, 5).ifPresent(name::addPrefix);
    segment
        .text(field, repetition, 7)
        .ifPresent(
            type -> {
              switch (type) {
                case "L" -> name.setUse(HumanName.NameUse.OFFICIAL);
                case "D" -> name.setUse(HumanName.NameUse.USUAL);
                case "N" -> name.setUse(HumanName.NameUse.NICKNAME);
                case "M" -> name.setUse(HumanName.NameUse.MAIDEN);
                default -> {}
              }
            });
    return Optional.of(name);
  }

  /** {@code 2 Mill Lane^Flat 3^Wexcombe^Wiltshire^WX1 2AB^GBR^H}. */
  static List<Address> addresses(Hl7Segment segment, int field) {
    return each(segment, field, repetition -> address(segment, field, repetition));
  }

  private static Optional<Address> address(Hl7Segment segment, int field, int repetition) {
    Address address = new Address();
    street(segment, field, repetition).ifPresent(address::addLine);
    segment.text(field, repetition, 2).ifPresent(address::addLine);
    segment.text(field, repetition, 3).ifPresent(address::setCity);
    segment.text(field, repetition, 4).ifPresent(address::setDistrict);
    segment.text(field, repetition, 5).ifPresent(address::setPostalCode);
    segment.text(field, repetition, 6).ifPresent(address::setCountry);
    String type = segment.text(field, repetition, 7).orElse("");
    switch (type) {
      case "H" -> address.setUse(Address.AddressUse.HOME);
      case "B", "O" -> address.setUse(Address.AddressUse.WORK);
      case "C" -> address.setUse(Address.AddressUse.TEMP);
      case "M" -> address.setType(Address.AddressType.POSTAL);
      default -> {}
    }
    // BA: an address known to be wrong. Writing to it would tell a stranger.
    return address.isEmpty() || type.equals("BA") ? Optional.empty() : Optional.of(address);
  }

  /**
   * The line as sent, {@code 2 Mill Lane&Mill Lane&2}, or made of its parts where it lacks them.
   */
  private static Optional<String> street(Hl7Segment segment, int field, int repetition) {
    Optional<String> street =
        segment.text(field, repetition, 1, 1).or(() -> segment.text(field, repetition, 1, 2));
    String number = segment.text(field, repetition, 1, 3).orElse("");
    return street.map(
        line -> number.isEmpty() || line.startsWith(number) ? line : number + " " + line);
  }

  /**
   * {@code 01234 567890^PRN^PH}, {@code ^PRN^CP^^44^7700^900123}, {@code ^NET^Internet^b@x.test},
   * {@code ^PRN^PH^^^^^^^^^01234 567890}.
   */
  static List<ContactPoint> telecoms(Hl7Segment segment, int field, ContactPointUse usual) {
    return each(segment, field, repetition -> telecom(segment, field, repetition, usual));
  }

  private static Optional<ContactPoint> telecom(
      Hl7Segment segment, int field, int repetition, ContactPointUse usual) {
    String use = segment.text(field, repetition, 2).orElse("");
    String equipment = segment.text(field, repetition, 3).orElse("");
    Optional<String> email = segment.text(field, repetition, 4);
    Optional<String> number =
        segment
            .text(field, repetition, 1)
            .or(() -> segment.text(field, repetition, 12))
            .or(() -> composed(segment, field, repetition));
    ContactPoint point = new ContactPoint();
    point.setUse(use.equals("WPN") ? ContactPointUse.WORK : usual);
    if (use.equals("NET") || equipment.equals("Internet") || number.isEmpty()) {
      point.setSystem(ContactPointSystem.EMAIL);
      return email.or(() -> number).map(point::setValue);
    }
    point.setSystem(equipment.equals("FX") ? ContactPointSystem.FAX : ContactPointSystem.PHONE);
    if (equipment.equals("CP")) {
      point.setUse(ContactPointUse.MOBILE);
    }
    return number.map(point::setValue);
  }

  /** Country, area and number in components of their own. */
  private static Optional<String> composed(Hl7Segment segment, int field, int repetition) {
    if (segment.text(field, repetition, 7).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> country =
        segment.text(field, repetition, 5).map(code -> code.startsWith("+") ? code : "+" + code);
    return Optional.of(
        Stream.of(country, segment.text(field, repetition, 6), segment.text(field, repetition, 7))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" ")));
  }

  private static <T> List<T> each(Hl7Segment segment, int field, IntFunction<Optional<T>> read) {
    List<T> found = new ArrayList<>();
    for (int repetition = 1; repetition <= segment.repetitions(field); repetition++) {
      read.apply(repetition).ifPresent(found::add);
    }
    return found;
  }
}
