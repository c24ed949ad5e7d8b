package io.fingerpost.routes.mesh;

/** MESH did not do what was asked, and may do it later. It says how, and no address. */
final class MeshUnreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MeshUnreachable(String how) {
    super(how);
  }
}
