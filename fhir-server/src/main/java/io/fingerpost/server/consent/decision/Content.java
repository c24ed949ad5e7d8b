package io.fingerpost.server.consent.decision;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What in a record a provision speaks of. Inside one criterion any value will do; all criteria must
 * hold; an empty criterion holds for everything.
 *
 * @param classes resource types, or codes of their class, category or code
 * @param labels confidentiality and sensitivity codes
 * @param dated the time the content has to be of
 */
public record Content(Set<String> classes, Data data, Set<String> labels, Period dated) {
  public static final Content ANYTHING = new Content(Set.of(), Data.ANY, Set.of(), Period.ALWAYS);

  public Content {
    classes = Set.copyOf(classes);
    labels = Set.copyOf(labels);
  }

  /**
   * Records by name or author.
   *
   * @param records references of single records, {@code Type/id}
   * @param around references of records that stand for themselves and whatever refers to them
   * @param authors ODS codes of those whose every record is meant
   */
  public record Data(Set<String> records, Set<String> around, Set<String> authors) {
    public static final Data ANY = new Data(Set.of(), Set.of(), Set.of());

    public Data {
      records = Set.copyOf(records);
      around = Set.copyOf(around);
      authors = Set.copyOf(authors);
    }

    private boolean names(ResourceFacts resource) {
      String reference = resource.reference();
      return (reference != null && (records.contains(reference) || around.contains(reference)))
          || resource.references().stream().anyMatch(around::contains);
    }

    private Fit fit(ResourceFacts resource) {
      if (equals(ANY) || names(resource)) {
        return Fit.YES;
      }
      if (authors.isEmpty()) {
        return Fit.NO;
      }
      String author = resource.origin().author();
      if (author == null) {
        return Fit.PERHAPS;
      }
      return authors.contains(author) ? Fit.YES : Fit.NO;
    }
  }

  boolean looksAround() {
    return !data.around().isEmpty();
  }

  Fit fit(ResourceFacts resource) {
    return holdsForClass(resource) && holdsForLabels(resource)
        ? data.fit(resource).and(fitsTime(resource.origin().dated()))
        : Fit.NO;
  }

  private boolean holdsForClass(ResourceFacts resource) {
    return classes.isEmpty()
        || classes.contains(resource.type())
        || resource.codes().stream().anyMatch(classes::contains);
  }

  private boolean holdsForLabels(ResourceFacts resource) {
    return labels.isEmpty() || Labels.on(resource).stream().anyMatch(labels::contains);
  }

  private Fit fitsTime(@Nullable Period of) {
    if (dated.equals(Period.ALWAYS)) {
      return Fit.YES;
    }
    if (of == null) {
      return Fit.PERHAPS;
    }
    if (!of.overlaps(dated)) {
      return Fit.NO;
    }
    return of.within(dated).equals(of) ? Fit.YES : Fit.PERHAPS;
  }

  /** 2 names the very record, 1 its class, author or time, 0 anything. */
  int closenessTo(ResourceFacts resource) {
    if (data.names(resource)) {
      return 2;
    }
    return classes.isEmpty() && data.equals(Data.ANY) && dated.equals(Period.ALWAYS) ? 0 : 1;
  }
}
