package io.fingerpost.routes.reliability;

/** Why a message was refused: a stable code, where, and what to do; no value from the message. */
public record Refusal(String code, String location, String remedy) {}
