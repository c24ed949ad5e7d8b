package io.fingerpost.routes.mesh;

/** MESH said no, and will say so again: an operator's to mend. */
final class MeshRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  MeshRefused(int status) {
    super("HTTP " + status);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** 404 and 410: what was asked for is not there, or not there any more. */
  boolean isGone() {
    return status == 404 || status == 410;
  }

  /** 401 and 403: certificate, mailbox, password or shared key are not what MESH has. */
  boolean isShutOut() {
    return status == 401 || status == 403;
  }
}
