package io.fingerpost.profiles.publication;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One JSON file of the model, as its sources hold it.
 *
 * @param folder below the folder of resources, such as {@code examples/valid}
 */
record ModelFile(String folder, String name, ObjectNode content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ModelFile read(Path root, Path file) throws IOException {
    String folder = root.relativize(file.getParent()).toString().replace('\\', '/');
    ObjectNode content = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    return new ModelFile(folder, file.getFileName().toString(), content);
  }

  /** The resource type; empty where the file is no resource. */
  String type() {
    return content.path("resourceType").asText("");
  }

  String stem() {
    return name.replaceFirst("\\.json$", "");
  }

  boolean isIn(String wanted) {
    return folder.equals(wanted) || folder.startsWith(wanted + "/");
  }

  byte[] toBytes() {
    return (content.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
