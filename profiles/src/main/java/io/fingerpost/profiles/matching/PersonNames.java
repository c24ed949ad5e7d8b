package io.fingerpost.profiles.matching;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.codec.language.DoubleMetaphone;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * The words of all the names a person goes by or went by, without accents, hyphens and capitals.
 * {@code O'Neill} is one word, {@code Smith-Jones} two.
 */
final class PersonNames {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+|['’‘`´]");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+");
  private static final int SHORTEST_SHORT_FORM = 3;

  private final Set<String> family = new TreeSet<>();
  private final Set<String> given = new TreeSet<>();

  private PersonNames() {}

  static PersonNames of(Patient person) {
    PersonNames names = new PersonNames();
    person.getName().forEach(names::add);
    return names;
  }

  private void add(HumanName name) {
    if (name.hasFamily() || name.hasGiven()) {
      family.addAll(words(name.getFamily()));
      name.getGiven().stream()
          .map(StringType::getValue)
          .map(PersonNames::words)
          .forEach(given::addAll);
    } else if (name.hasText()) {
      List<String> words = words(name.getText());
      family.addAll(words.subList(Math.max(0, words.size() - 1), words.size()));
      given.addAll(words.subList(0, Math.max(0, words.size() - 1)));
    }
  }

  static List<String> words(@Nullable String written) {
    if (written == null) {
      return List.of();
    }
    String plain = MARKS.matcher(Normalizer.normalize(written, Normalizer.Form.NFD)).replaceAll("");
    return Arrays.stream(BETWEEN_WORDS.split(plain.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  boolean hasFamily() {
    return !family.isEmpty();
  }

  boolean hasGiven() {
    return !given.isEmpty();
  }

  boolean sharesFamilyWith(PersonNames other) {
    return anyAlike(family, other.family);
  }

  /** An initial or the beginning of a name stands for it: {@code M}, {@code Sam}. */
  boolean sharesGivenWith(PersonNames other) {
    return anyAlike(given, other.given)
        || given.stream()
            .anyMatch(one -> other.given.stream().anyMatch(two -> isShortFor(one, two)));
  }

  /** Written the wrong way round by one of the two. */
  boolean isTurnedRoundIn(PersonNames other) {
    return anyAlike(family, other.given) && anyAlike(given, other.family);
  }

  private static boolean isShortFor(String one, String two) {
    String shorter = one.length() <= two.length() ? one : two;
    String longer = one.length() <= two.length() ? two : one;
    return longer.startsWith(shorter)
        && (shorter.length() == 1 || shorter.length() >= SHORTEST_SHORT_FORM);
  }

  private static boolean anyAlike(Set<String> some, Set<String> others) {
    return some.stream().anyMatch(one -> others.stream().anyMatch(two -> areAlike(one, two)));
  }

  static boolean areAlike(String one, String two) {
    return one.equals(two) || soundAlike(one, two);
  }

  /** What has no sound in English letters sounds like nothing else. */
  static boolean soundAlike(String one, String two) {
    DoubleMetaphone sounds = new DoubleMetaphone();
    sounds.setMaxCodeLen(8);
    String sound = sounds.doubleMetaphone(one);
    return sound != null && sound.length() > 1 && sound.equals(sounds.doubleMetaphone(two));
  }
}
