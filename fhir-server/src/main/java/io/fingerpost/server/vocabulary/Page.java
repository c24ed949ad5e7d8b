package io.fingerpost.server.vocabulary;

import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import org.jspecify.annotations.Nullable;

/**
 * The part of an expansion that was asked for.
 *
 * @param filter what the display has to contain; empty for all
 * @param count null when no page was asked for: then it is all or nothing
 */
record Page(String filter, int offset, @Nullable Integer count) {

  /** No more codes than this in one answer. */
  static final int MOST = 1_000;

  static Page of(String filter, @Nullable IntegerType offset, @Nullable IntegerType count) {
    int from = offset == null || offset.getValue() == null ? 0 : offset.getValue();
    Integer size = count == null ? null : count.getValue();
    if (from < 0 || size != null && size < 0) {
      throw Refused.missing("an 'offset' and a 'count' that are not negative");
    }
    return new Page(filter, from, size);
  }

  /** Fills an expansion, which says how many there are in all. */
  void fill(ValueSetExpansionComponent expansion, List<ValueSetExpansionContainsComponent> all) {
    List<ValueSetExpansionContainsComponent> matching = all.stream().filter(this::matches).toList();
    expansion.setTotal(matching.size());
    if (count == null && matching.size() - offset > MOST) {
      throw Refused.tooLarge(MOST);
    }
    int size = count == null ? MOST : Math.min(count, MOST);
    if (offset > 0 || count != null) {
      expansion.setOffset(offset);
    }
    matching.stream().skip(offset).limit(size).forEach(expansion::addContains);
  }

  private boolean matches(ValueSetExpansionContainsComponent contained) {
    String text = contained.hasDisplay() ? contained.getDisplay() : contained.getCode();
    return text.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
  }
}
