/**
 * Holds every write to the referral's state machine, and keeps the records of a referral in step
 * with its Task.
 */
@NullMarked
package io.fingerpost.server.referral;

import org.jspecify.annotations.NullMarked;
