package io.fingerpost.routes.inbound.self;

import io.fingerpost.routes.inbound.MessageRefused.Code;

/**
 * One thing that has to be mended in a form.
 *
 * @param expression FHIRPath of where it is
 * @param remedy what to do; never an answer that was given
 */
record Fault(Code code, String expression, String remedy) {

  /** Of a question by its id, wherever in the form it stands. */
  static Fault at(Code code, String linkId, String remedy) {
    return new Fault(
        code, "QuestionnaireResponse.repeat(item).where(linkId='" + linkId + "')", remedy);
  }
}
