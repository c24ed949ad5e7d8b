package io.fingerpost.profiles.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fingerpost.profiles.Profile;
import java.util.Arrays;
import java.util.Optional;

/** What the name of an example's file tells: which profile it is of, and what the situation is. */
final class Example {
  private static final int LONGEST_ID = 64;

  private Example() {}

  static Optional<Profile> profileOf(ModelFile example) {
    String word = example.stem().split("-", 2)[0];
    return Arrays.stream(Profile.values())
        .filter(profile -> profile.exampleName().equals(word))
        .findFirst();
  }

  /** The name of its file: an id of its own it may share with another. */
  static String idOf(ModelFile example) {
    String name = example.stem();
    String type = example.type() + "-";
    String id = name.startsWith(type) ? name.substring(type.length()) : name;
    return id.substring(0, Math.min(id.length(), LONGEST_ID));
  }

  static ModelFile withId(ModelFile example) {
    ObjectNode content = example.content().objectNode();
    content.set("resourceType", example.content().get("resourceType"));
    content.set("id", null);
    content.setAll(example.content());
    content.put("id", idOf(example));
    return new ModelFile(example.folder(), example.name(), content);
  }

  /** {@code Patient known to the gp}. */
  static String title(ModelFile example) {
    return example.stem().replace('-', ' ');
  }
}
