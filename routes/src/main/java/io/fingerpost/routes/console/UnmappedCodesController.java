package io.fingerpost.routes.console;

import io.fingerpost.routes.reliability.UnmappedCodeTable;
import io.fingerpost.routes.reliability.UnmappedCodeTable.UnmappedCode;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The codes that wait to be mapped, those met most often first. Who may call it is decided before
 * it is reached: operators only.
 */
@RestController
class UnmappedCodesController {

  private static final int MOST = 500;

  private final UnmappedCodeTable table;

  UnmappedCodesController(UnmappedCodeTable table) {
    this.table = table;
  }

  @GetMapping("/console/api/unmapped-codes")
  List<UnmappedCode> unmapped() {
    return table.mostOften(MOST);
  }
}
