package io.fingerpost.routes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles classes that break a rule, and gives them together with the program around them. */
final class PlantedArrows {

  /**
   * A class that ought not to be.
   *
   * @param name with its package
   * @param members its text between the braces
   */
  record Planted(String name, String members) {

    /** One that does nothing but know another. */
    static Planted knowing(String name, String other) {
      return new Planted(name, "  " + other + " known;\n");
    }

    private String code() {
      int dot = name.lastIndexOf('.');
      return "package %s;\n\npublic class %s {\n%s}\n"
          .formatted(name.substring(0, dot), name.substring(dot + 1), members);
    }
  }

  private PlantedArrows() {}

  /**
   * @param folder an empty one
   * @param program a class of the program planted in
   * @param known a class of each other module or library the planted ones name
   */
  static JavaClasses in(Path folder, List<Planted> planted, Class<?> program, Class<?>... known)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    arguments.add("-classpath");
    arguments.add(
        Stream.concat(Stream.of(program), Stream.of(known))
            .map(type -> home(type).toString())
            .collect(Collectors.joining(File.pathSeparator)));
    for (Planted one : planted) {
      Path source = folder.resolve(one.name().replace('.', '/') + ".java");
      Files.createDirectories(source.getParent());
      Files.writeString(source, one.code());
      arguments.add(source.toString());
    }
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    int faults =
        ToolProvider.getSystemJavaCompiler()
            .run(null, told, told, arguments.toArray(String[]::new));
    if (faults != 0) {
      throw new IllegalStateException(told.toString(StandardCharsets.UTF_8));
    }
    return new ClassFileImporter().importPaths(folder, home(program));
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
