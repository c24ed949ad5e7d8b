package io.fingerpost.routes.inbound.housing;

import io.fingerpost.routes.inbound.MessageRefused.Code;

/**
 * One thing the landlord has to mend.
 *
 * @param pointer JSON pointer of where it is; empty for the whole
 * @param remedy what to do; never a value that was sent
 */
record Fault(Code code, String pointer, String remedy) {}
