package io.fingerpost.server.outcomes;

/**
 * What came of writing one table.
 *
 * @param rows how many rows it has
 * @param withheld how many resources were left out for want of permission, or for their labels
 */
public record Extract(long rows, long withheld) {}
