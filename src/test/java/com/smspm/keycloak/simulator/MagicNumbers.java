package com.smspm.keycloak.simulator;

import com.smspm.keycloak.simulator.Behaviour.Answer;
import java.util.Map;

/**
 * Numbers that the simulator treats in a way of their own, whatever the switch says, so that a page
 * can be tried with every trouble. All are valid Estonian mobile numbers.
 *
 * <table>
 *   <caption>The numbers</caption>
 *   <tr><td>+372 5000 0001</td><td>the number is refused</td></tr>
 *   <tr><td>+372 5000 0002</td><td>the account has no credit</td></tr>
 *   <tr><td>+372 5000 0003</td><td>the sender is refused</td></tr>
 *   <tr><td>+372 5000 0004</td><td>too many requests</td></tr>
 *   <tr><td>+372 5000 0005</td><td>the gateway is at fault</td></tr>
 *   <tr><td>+372 5000 0006</td><td>an answer that nobody understands</td></tr>
 * </table>
 */
final class MagicNumbers {

  private static final Map<String, Answer> ANSWERS =
      Map.of(
          "+37250000001", Answer.INVALID_PHONE,
          "+37250000002", Answer.LOW_BALANCE,
          "+37250000003", Answer.INVALID_SENDER,
          "+37250000004", Answer.TOO_MANY,
          "+37250000005", Answer.SERVER_ERROR,
          "+37250000006", Answer.HTML);

  private MagicNumbers() {}

  static Answer answerFor(String number, Answer otherwise) {
    return ANSWERS.getOrDefault(number, otherwise);
  }
}
