package io.fingerpost.routes.inbound.gp;

import io.fingerpost.routes.inbound.MessageRefused;
import io.fingerpost.routes.inbound.MessageRefused.Code;
import io.fingerpost.routes.inbound.gp.GpSettings.AttachmentLimits;
import io.fingerpost.terminology.SystemUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * The files a message carries, in whatever place: few, small, of the kinds people can look at
 * without harm, and about the one person. They stay in the kept message; what breaks a rule is
 * refused with the whole.
 */
final class GpAttachments {

  private static final Coding KIND =
      new Coding(SystemUrl.OBSERVATION_KIND.url(), "sender-files", "Files attached by the sender");

  private final GpMessage message;
  private final Patient patient;
  private final AttachmentLimits limits;
  private final List<String> found = new ArrayList<>();

  private GpAttachments(GpMessage message, Patient patient, AttachmentLimits limits) {
    this.message = message;
    this.patient = patient;
    this.limits = limits;
  }

  /**
   * @return content types of what there is, in their order
   */
  static List<String> require(GpMessage message, Patient patient, AttachmentLimits limits) {
    GpAttachments attachments = new GpAttachments(message, patient, limits);
    List<BundleEntryComponent> entries = message.bundle().getEntry();
    for (int index = 0; index < entries.size(); index++) {
      Resource resource = entries.get(index).getResource();
      attachments.visit(resource, "Bundle.entry[" + index + "].resource");
    }
    return attachments.found;
  }

  /** Tells people at the scheme that there is something they do not see. */
  static Optional<Observation> notice(List<String> files, DateTimeType when) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Observation notice = new Observation().setStatus(ObservationStatus.FINAL);
    notice.addCategory().addCoding(KIND.copy());
    notice.setCode(new CodeableConcept(KIND.copy()).setText(KIND.getDisplay()));
    notice.setEffective(when.copy());
    notice.setValue(
        new StringType(
            "The sender attached "
                + files.size()
                + (files.size() == 1 ? " file (" : " files (")
                + String.join(", ", files)
                + "). They are kept with the message and not shown here; ask the sender for"
                + " them."));
    return Optional.of(notice);
  }

  private void visit(Base base, String path) {
    if (base instanceof DocumentReference document) {
      requireAbout(document.getSubject(), path + ".subject");
    }
    if (base instanceof Binary binary) {
      if (binary.hasSecurityContext()) {
        requireAbout(binary.getSecurityContext(), path + ".securityContext");
      }
      require(binary.getContentType(), binary.getData(), path);
    } else if (base instanceof Attachment attachment) {
      visit(attachment, path);
    }
    for (Property property : base.children()) {
      String name = path + "." + property.getName().replace("[x]", "");
      List<Base> values = property.getValues();
      for (int index = 0; index < values.size(); index++) {
        visit(values.get(index), property.isList() ? name + "[" + index + "]" : name);
      }
    }
  }

  /** One whose content is a Binary of the message is looked at there. */
  private void visit(Attachment attachment, String path) {
    if (attachment.getData() != null) {
      require(attachment.getContentType(), attachment.getData(), path);
    } else if (attachment.hasUrl()
        && message.target(new Reference(attachment.getUrl()), Binary.class).isEmpty()) {
      throw MessageRefused.invalid(
          path + ".url", "Send the content itself: nothing is fetched from elsewhere.");
    }
  }

  private void requireAbout(Reference subject, String path) {
    if (message.target(subject).filter(patient::equals).isEmpty()) {
      throw MessageRefused.invalid(path, "Send documents of the message's Patient only.");
    }
  }

  private void require(@Nullable String type, byte @Nullable [] data, String path) {
    if (found.size() >= limits.most()) {
      throw new MessageRefused(
          Code.MESSAGE_TOO_LARGE, path, "Send at most " + limits.most() + " attachments.");
    }
    if (data != null && data.length > limits.maxSize().toBytes()) {
      throw new MessageRefused(
          Code.MESSAGE_TOO_LARGE,
          path,
          "Send attachments of at most " + limits.maxSize().toKilobytes() + " KB.");
    }
    found.add(FileKind.of(type, data == null ? new byte[0] : data, path).contentType());
  }
}
