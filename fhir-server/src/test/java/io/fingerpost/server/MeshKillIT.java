package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Kills the program after it has stored what came by MESH, and before it has said so to MESH. */
@Order(Integer.MAX_VALUE - 1)
class MeshKillIT {

  private static final Path FOLDER = Path.of("target", "it-mesh-kill").toAbsolutePath();

  private final int httpPort = Wexcombe.freePort();
  private final int meshPort = Wexcombe.freePort();
  private final Person person = Person.next();
  private final GpMessage message = new GpMessage(person);

  @Test
  void storesAcknowledgesAndAnswersOnceWhenKilledBetween() throws Exception {
    FileSystemUtils.deleteRecursively(FOLDER);
    Registry registry =
        new Registry(FOLDER).scheme("scheme").gp("gp", "Z91001", Wexcombe.freePort());
    MeshSandbox mesh = MeshSandbox.on(meshPort);
    mesh.hang("PUT ");
    Map<String, Object> patient = new HashMap<>(Wexcombe.Setting.mesh(FOLDER, meshPort));
    patient.put("fingerpost.mesh.pace.answer", "15s");
    patient.put("fingerpost.mesh.pace.lease", "16s");
    List<String> settings = new ArrayList<>();
    patient.forEach((name, value) -> settings.add(name + "=" + value));
    Killable program =
        Killable.start(
            FOLDER.resolve("data"), registry.write(), httpPort, Wexcombe.freePort(), settings);
    try {
      String id = mesh.lay(Wexcombe.MAILBOX, "X26Z91001", Wexcombe.WORKFLOW, message.text());
      // The sandbox has seen the acknowledgement, whose answer the program waits for.
      await().atMost(Duration.ofSeconds(60)).until(() -> mesh.acknowledged().contains(id));
      assertThat(mesh.sentTo("X26Z91001")).as("answered before").isEmpty();
      program.killEverything();
      mesh.forget(id);
      mesh.behave();

      program.startAgain();

      // Until the lease of the killed node has run out.
      await().atMost(Duration.ofSeconds(90)).until(() -> !mesh.sentTo("X26Z91001").isEmpty());
      await().until(() -> mesh.acknowledged().equals(List.of(id)));
      String another = mesh.lay(Wexcombe.MAILBOX, "X26Z91001", Wexcombe.WORKFLOW, message.text());
      await().until(() -> mesh.acknowledged().contains(another));
      await().until(() -> mesh.sentTo("X26Z91001").size() == 2);
      assertThat(mesh.sentTo("X26Z91001").get(1).body())
          .as("the first answer again")
          .isEqualTo(mesh.sentTo("X26Z91001").get(0).body());
      ApiClient scheme =
          new ApiClient("http://localhost:" + httpPort, "scheme", registry.key("scheme"));
      assertThat(scheme.search(ServiceRequest.class, "patient.identifier=" + person.identifier()))
          .hasSize(1);
      assertThat(program.output().toLowerCase(Locale.ROOT)).doesNotContain(Person.MARKS);
    } finally {
      mesh.shutDown();
      program.killEverything();
    }
  }
}
