package io.fingerpost.profiles;

/**
 * One thing wrong with a resource. It carries no value from the resource, so it is safe in a log
 * and in a reply.
 *
 * @param code stable: a word such as {@code FIELD_MISSING}, or the key of the broken rule such as
 *     {@code fp-nhs-number-check-digit}
 * @param location the element, as a FHIRPath
 * @param what what is wrong and what to do about it
 */
public record Fault(String code, String location, String what) {}
