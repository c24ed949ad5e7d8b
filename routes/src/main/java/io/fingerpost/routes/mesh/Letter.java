package io.fingerpost.routes.mesh;

import java.util.UUID;

/**
 * What is to be sent from a mailbox.
 *
 * @param id ours, the same at every try: MESH's {@code mex-LocalID}
 * @param to mailbox of the recipient
 * @param attempts how often it was begun to be sent, this time included
 */
record Letter(UUID id, String to, String workflow, byte[] body, int attempts) {

  @Override
  public String toString() {
    return "Letter[id=" + id + ", attempts=" + attempts + "]";
  }
}
