package io.fingerpost.routes.inbound.housing;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows everyone what a landlord has to send: the schema and the OpenAPI document, as they are. */
@RestController
final class PublishedController {

  static final String OPENAPI = "housing-referral.openapi.yaml";

  private final String schema = HousingSchema.published(HousingSchema.FILE);
  private final String openApi = HousingSchema.published(OPENAPI);

  @GetMapping("/housing/" + HousingSchema.FILE)
  ResponseEntity<String> schema() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/schema+json;charset=UTF-8"))
        .body(schema);
  }

  @GetMapping("/housing/" + OPENAPI)
  ResponseEntity<String> openApi() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/yaml;charset=UTF-8"))
        .body(openApi);
  }
}
