package com.smspm.keycloak.challenge;

/**
 * What a page needs to know of a challenge.
 *
 * @param live whether there is a code that can be entered
 * @param secondsValid for how long still; 0 when none is live
 * @param secondsUntilResend until another message may be asked for; 0 for now
 * @param exhausted all attempts are used: only a new login helps
 * @param sendingFailed the newest message was not sent
 * @param locked too many codes of this user were wrong: none is sent or compared for now
 */
public record ChallengeStatus(
    boolean live,
    long secondsValid,
    long secondsUntilResend,
    boolean exhausted,
    boolean sendingFailed,
    boolean locked) {}
