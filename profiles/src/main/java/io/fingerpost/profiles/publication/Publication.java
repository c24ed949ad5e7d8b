package io.fingerpost.profiles.publication;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Run by the build: writes the package and the page. */
public final class Publication {
  private Publication() {}

  /**
   * @param arguments where to write to, then each folder of resources that belongs to the model
   */
  public static void main(String... arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    Path[] roots = Arrays.stream(arguments).skip(1).map(Path::of).toArray(Path[]::new);
    FhirContext context = FhirContext.forR4Cached();
    Model model = Model.read(context, roots);
    ModelPackage published = new ModelPackage(context, model);
    Files.createDirectories(target);
    Files.write(target.resolve(ModelPackage.fileName(model)), published.toBytes());
    Files.writeString(target.resolve("model.md"), new ModelPage(model).text());
  }
}
