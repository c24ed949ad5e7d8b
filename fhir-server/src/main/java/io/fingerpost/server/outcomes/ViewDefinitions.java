package io.fingerpost.server.outcomes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The ViewDefinitions that come with the program, and no others. */
final class ViewDefinitions {
  private static final String FILES = "classpath*:viewdefinitions/ViewDefinition-*.json";

  private final Map<String, ViewDefinition> byName = new TreeMap<>();

  /** Fails when one reads a type of resource for which nothing says what may leave. */
  static ViewDefinitions shipped(Pseudonymiser pseudonymiser) throws IOException {
    ViewDefinitions shipped = new ViewDefinitions();
    for (Resource file : new PathMatchingResourcePatternResolver().getResources(FILES)) {
      ViewDefinition view = ViewDefinition.parse(file.getContentAsString(StandardCharsets.UTF_8));
      if (!pseudonymiser.knows(view.resourceType())) {
        throw new IllegalStateException(
            "ViewDefinition " + view.name() + " reads a type that Pseudonymiser has no rule for.");
      }
      shipped.byName.put(view.name(), view);
    }
    return shipped;
  }

  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  ViewDefinition named(String name) {
    ViewDefinition view = byName.get(name);
    if (view == null) {
      throw new IllegalArgumentException("no table has this name");
    }
    return view;
  }
}
