/**
 * The referral's state machine as one table: the states, what each means for the records beside the
 * Task, which may follow which, and who may make the move. {@code docs/referral-states.md} holds
 * the same table for people.
 */
@NullMarked
package io.fingerpost.profiles.referral;

import org.jspecify.annotations.NullMarked;
