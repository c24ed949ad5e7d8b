package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.springframework.util.FileSystemUtils;

/**
 * A line of the running program that is taken out, or turned round, until it is restored. The JVM
 * takes another text of a method, and no other methods: a lambda has to stay one.
 */
final class RemovedLine {

  private static final Instrumentation JVM = ByteBuddyAgent.install();
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path FOLDER = Path.of("target", "removed-line").toAbsolutePath();

  private final List<ClassDefinition> asItWas = new ArrayList<>();

  private RemovedLine() {}

  /**
   * @param type a class of the program, by its full name
   * @param written what stands in its source, once
   * @param instead what is to stand there
   */
  static RemovedLine from(String type, String written, String instead) throws Exception {
    FileSystemUtils.deleteRecursively(FOLDER);
    String file = type.replace('.', '/') + ".java";
    String text = Files.readString(SOURCES.resolve(file));
    assertThat(text.split(java.util.regex.Pattern.quote(written), -1))
        .as("%s has it once: %s", type, written)
        .hasSize(2);
    Path changed = FOLDER.resolve("sources").resolve(file);
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, text.replace(written, instead));

    RemovedLine removed = new RemovedLine();
    List<ClassDefinition> changes = new ArrayList<>();
    for (Path compiled : compile(changed)) {
      String name = FOLDER.resolve("classes").relativize(compiled).toString();
      Class<?> known = Class.forName(name.replace(".class", "").replace('/', '.'));
      try (InputStream before = known.getResourceAsStream("/" + name)) {
        removed.asItWas.add(
            new ClassDefinition(known, Objects.requireNonNull(before).readAllBytes()));
      }
      changes.add(new ClassDefinition(known, Files.readAllBytes(compiled)));
    }
    JVM.redefineClasses(changes.toArray(ClassDefinition[]::new));
    return removed;
  }

  private static List<Path> compile(Path source) throws IOException {
    Path classes = FOLDER.resolve("classes");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-parameters",
                "-d",
                Files.createDirectories(classes).toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(result).as("javac").isZero();
    try (Stream<Path> files = Files.walk(classes)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  void restore() throws UnmodifiableClassException, ClassNotFoundException {
    JVM.redefineClasses(asItWas.toArray(ClassDefinition[]::new));
  }
}
