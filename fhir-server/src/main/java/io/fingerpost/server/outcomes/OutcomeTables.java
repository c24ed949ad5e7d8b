package io.fingerpost.server.outcomes;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Writes the outcome tables. Each resource is asked for, permitted, pseudonymised, flattened and
 * written before the next one, so a table may be larger than memory.
 */
public final class OutcomeTables {
  private final OutcomeSource source;
  private final boolean testData;
  private final Pseudonymiser pseudonymiser;
  private final ViewDefinitions views;
  private final ViewRunner runner;

  public OutcomeTables(FhirContext fhir, OutcomeSettings settings, OutcomeSource source)
      throws IOException {
    this(new ViewRunner(fhir), settings, source);
  }

  OutcomeTables(ViewRunner runner, OutcomeSettings settings, OutcomeSource source)
      throws IOException {
    this.runner = runner;
    this.source = source;
    this.testData = settings.testData();
    this.pseudonymiser =
        new Pseudonymiser(new Pseudonyms(PseudonymKey.readOrMake(settings.pseudonymKeyFile())));
    this.views = ViewDefinitions.shipped(pseudonymiser);
  }

  /** The tables there are, in the order of the alphabet. */
  public Set<String> names() {
    return views.names();
  }

  /**
   * Writes a table; the stream is flushed and stays open.
   *
   * @param secondaryUse asked for each person in it
   */
  public Extract write(String name, TableFormat format, OutputStream out, SecondaryUse secondaryUse)
      throws IOException {
    ViewDefinition view = views.named(name);
    RowStorage storage = new RowStorage(format.rowsTo(out));
    ViewRunner.Run run = runner.begin(view.forRunner(), storage);
    Release release = new Release(secondaryUse, testData);
    long withheld = 0;
    for (Iterator<IBaseResource> all = source.all(view.resourceType()); all.hasNext(); ) {
      IBaseResource resource = all.next();
      if (release.permits(resource)) {
        run.add(pseudonymiser.copyOf(resource));
      } else {
        withheld++;
      }
    }
    run.end();
    return new Extract(storage.count(), withheld);
  }
}
