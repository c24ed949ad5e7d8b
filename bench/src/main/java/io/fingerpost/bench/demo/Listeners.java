package io.fingerpost.bench.demo;

import io.fingerpost.bench.CommandFailed;
import io.fingerpost.bench.partner.DemoPartners;
import io.fingerpost.bench.partner.GpListener;
import io.fingerpost.bench.partner.MllpListener;
import java.io.IOException;

/** The hospital's and the GP's own systems, on free ports. */
record Listeners(MllpListener hospital, GpListener gp) implements AutoCloseable {

  static Listeners open(Certificates certificates) {
    try {
      return new Listeners(MllpListener.open(certificates.ofHospital()), GpListener.open());
    } catch (IOException e) {
      throw new CommandFailed("The partners' listeners could not be opened.", e);
    }
  }

  DemoPartners.Told addresses(Certificates certificates) {
    return new DemoPartners.Told(
        "mllps://localhost:" + hospital.port(),
        gp.endpoint(),
        certificates.fingerprintOfHospital());
  }

  @Override
  public void close() {
    gp.close();
    try {
      hospital.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
