package io.fingerpost.profiles.publication;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.hl7.fhir.utilities.npm.NpmPackageIndexBuilder;

/**
 * A FHIR package in the making. Its bytes depend on what is put in alone: not on the order, the
 * clock or who made it. HL7's own generator dates each file, so it does not serve.
 */
final class PackageArchive {
  private static final int OS_UNKNOWN = 255;

  private final byte[] manifest;
  private final Map<String, Map<String, byte[]>> folders = new TreeMap<>();

  /**
   * @param manifest what becomes {@code package/package.json}
   */
  PackageArchive(String manifest) {
    this.manifest = manifest.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param folder {@code package}, or one below it
   */
  PackageArchive add(String folder, String name, byte[] content) {
    byte[] before =
        folders.computeIfAbsent(folder, unknown -> new TreeMap<>()).putIfAbsent(name, content);
    if (before != null) {
      throw new IllegalArgumentException("There are two files " + folder + "/" + name);
    }
    return this;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes, undated()))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      write(tar, "package/package.json", manifest);
      for (Map.Entry<String, Map<String, byte[]>> folder : folders.entrySet()) {
        write(tar, folder.getKey() + "/.index.json", index(folder.getValue()));
        for (Map.Entry<String, byte[]> file : folder.getValue().entrySet()) {
          write(tar, folder.getKey() + "/" + file.getKey(), file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static GzipParameters undated() {
    GzipParameters parameters = new GzipParameters();
    parameters.setOperatingSystem(OS_UNKNOWN);
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    return parameters;
  }

  private static byte[] index(Map<String, byte[]> files) {
    NpmPackageIndexBuilder index = new NpmPackageIndexBuilder();
    index.start(null);
    files.forEach(index::seeFile);
    return index.build().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(TarArchiveOutputStream tar, String path, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setModTime(0);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
