package io.fingerpost.profiles;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What holding a resource to its profile costs; {@code bench/validation} runs it. A program and no
 * test: a time that is asserted fails on a busy machine and proves nothing on a quick one.
 *
 * <p>Two runs are wanted, each in a JVM of its own: one whose first check finds nothing warm, and
 * one that is warmed as the server is.
 */
final class ValidationCost {
  private static final int MEGABYTE = 1024 * 1024;

  private final ProfileValidator validator;
  private final long heldBefore;

  private ValidationCost() {
    FhirContext context = FhirContext.forR4();
    context.newJsonParser().parseResource("{\"resourceType\":\"Patient\"}");
    heldBefore = held();
    validator = new ProfileValidator(context);
  }

  /**
   * @param arguments {@code cold} or {@code warm}; the folder of examples; a Bundle; seconds for
   *     each
   */
  public static void main(String... arguments) throws IOException {
    Map<String, List<String>> resources = examples(Path.of(arguments[1]));
    String bundle = Files.readString(Path.of(arguments[2]));
    ValidationCost cost = new ValidationCost();
    if (arguments[0].equals("cold")) {
      cost.first(resources.values().iterator().next().get(0));
    } else {
      resources.put("a referral, six resources in a Bundle", List.of(bundle));
      cost.warmed(resources, Long.parseLong(arguments[3]) * 1_000_000_000L);
    }
  }

  private void first(String resource) {
    System.out.printf(Locale.ROOT, "First check, nothing warm: %.0f ms%n", once(resource));
  }

  private void warmed(Map<String, List<String>> resources, long nanosEach) {
    long begun = System.nanoTime();
    validator.warm();
    System.out.printf(Locale.ROOT, "Warming: %.0f ms%n", (System.nanoTime() - begun) / 1e6);
    System.out.printf(
        Locale.ROOT,
        "First check after it: %.1f ms%n",
        once(resources.values().iterator().next().get(0)));
    System.out.println(
        "\n| checked | ms p50 | ms p95 | ms mean | times |\n|---|---:|---:|---:|---:|");
    // The first time round is for the JIT alone.
    for (List<String> each : resources.values()) {
      times(each, nanosEach);
    }
    resources.forEach((name, each) -> System.out.print(row(name, times(each, nanosEach))));
    System.out.printf("%nHeld by the validator: %d MB%n", (held() - heldBefore) / MEGABYTE);
  }

  private double once(String json) {
    long begun = System.nanoTime();
    validator.faultsInJson(json);
    return (System.nanoTime() - begun) / 1e6;
  }

  private double[] times(List<String> resources, long nanos) {
    long end = System.nanoTime() + nanos;
    return Stream.generate(() -> resources)
        .flatMap(List::stream)
        .takeWhile(resource -> System.nanoTime() < end)
        .mapToDouble(this::once)
        .sorted()
        .toArray();
  }

  private static String row(String name, double[] times) {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %d |%n",
        name,
        times[times.length / 2],
        times[times.length * 95 / 100],
        Arrays.stream(times).average().orElse(0),
        times.length);
  }

  /** By the first word of their names, which is that of the profile. */
  private static Map<String, List<String>> examples(Path folder) throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().split("-", 2)[0];
        found.computeIfAbsent(name, unknown -> new ArrayList<>()).add(Files.readString(file));
      }
    }
    return found;
  }

  private static long held() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
