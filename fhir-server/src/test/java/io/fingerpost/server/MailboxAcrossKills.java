package io.fingerpost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * The program is killed after it has stored what came by MESH, and before it has said so to MESH.
 */
final class MailboxAcrossKills implements PartAcrossKills {

  private static final String SENDER = "X26Z91001";

  private final Program at;
  private final MeshSandbox mesh;
  private final Person person = Person.next();
  private final GpMessage message = new GpMessage(person);
  private String id = "";

  MailboxAcrossKills(Program at, int meshPort) {
    this.at = at;
    this.mesh = MeshSandbox.on(meshPort);
    mesh.hang("PUT ");
  }

  /** A program that waits long for MESH's answer: until it is killed. */
  static List<String> settings(Path folder, int meshPort) {
    Map<String, Object> patient =
        new HashMap<>(Wexcombe.Setting.mesh(folder, "http://localhost:" + meshPort));
    patient.put("fingerpost.mesh.pace.answer", "15s");
    patient.put("fingerpost.mesh.pace.lease", "16s");
    return patient.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .toList();
  }

  @Override
  public void before() {
    id = lay();
    // The sandbox has seen the acknowledgement, whose answer the program waits for.
    await().atMost(Duration.ofSeconds(60)).until(() -> mesh.acknowledged().contains(id));
    assertThat(mesh.sentTo(SENDER)).as("answered before").isEmpty();
  }

  @Override
  public void down(int kill) {
    if (kill == 0) {
      mesh.forget(id);
      mesh.behave();
    }
  }

  @Override
  public void end() {
    // Until the lease of the killed node has run out.
    await().atMost(Duration.ofSeconds(90)).until(() -> !mesh.sentTo(SENDER).isEmpty());
    await().until(() -> mesh.acknowledged().equals(List.of(id)));
    String another = lay();
    await().until(() -> mesh.acknowledged().contains(another));
    await().until(() -> mesh.sentTo(SENDER).size() == 2);
    assertThat(mesh.sentTo(SENDER).get(1).body())
        .as("the first answer again")
        .isEqualTo(mesh.sentTo(SENDER).get(0).body());
    assertThat(
            at.client("scheme")
                .search(ServiceRequest.class, "patient.identifier=" + person.identifier()))
        .hasSize(1);
    mesh.shutDown();
  }

  @Override
  public Map<String, Integer> stored() {
    return Map.of("ServiceRequest", 1, "Task", 1, "Provenance", 1, "Consent", 1, "Patient", 1);
  }

  private String lay() {
    return mesh.lay(Wexcombe.MAILBOX, SENDER, Wexcombe.WORKFLOW, message.text());
  }
}
