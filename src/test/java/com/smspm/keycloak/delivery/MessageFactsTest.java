package com.smspm.keycloak.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.limits.Stores;
import com.smspm.keycloak.phone.PhoneNumber;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageFactsTest {

  private static final SmsMessage MESSAGE =
      new SmsMessage(
          "8f9f3d0e-6a3c-4d0c-9d43-0a6f4e6f3a11",
          Purpose.LOGIN,
          new PhoneNumber("+37256789045"),
          "012345 is your code.",
          Optional.empty());

  private static final Sending FIRST = new Sending(MESSAGE.id(), 0);
  private static final Sending BACKUP = new Sending(MESSAGE.id(), 1);
  private static final SendOutcome.Accepted TAKEN =
      new SendOutcome.Accepted("gateway-1", OptionalInt.of(2));

  private final Stores stores = new Stores();
  private final MessageFacts facts = new MessageFacts(stores.session(), stores.realm());

  @Test
  void aReportOfAGatewayThatRefusedSaysNothingOfTheOneThatTookTheMessage() {
    facts.reported(FIRST, ReportedState.REJECTED);
    facts.accepted(MESSAGE, BACKUP, TAKEN, true);
    assertThat(state()).isEqualTo(DeliveryState.ACCEPTED);

    facts.reported(BACKUP, ReportedState.DELIVERED);
    assertThat(state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void aFailureThatIsReportedBeforeItIsKnownWhoTookTheMessageWaitsForThat() {
    facts.reported(FIRST, ReportedState.UNDELIVERED);
    assertThat(state()).isEqualTo(DeliveryState.QUEUED);

    facts.accepted(MESSAGE, FIRST, TAKEN, true);
    assertThat(status().reason()).contains(FailureReason.UNDELIVERED);
    assertThat(status().notSent()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = ReportedState.class,
      names = {"PENDING", "SENT"})
  void aReportThatOvertakesTheAnswerLosesNothingOfIt(ReportedState report) {
    facts.reported(FIRST, report);
    assertThat(state()).isIn(DeliveryState.ACCEPTED, DeliveryState.SENT);

    facts.accepted(MESSAGE, FIRST, TAKEN, true);

    assertThat(status().gatewayId()).contains("gateway-1");
    assertThat(status().segments()).hasValue(2);
    assertThat(status().complete()).isFalse();
  }

  @Test
  void whatAGatewayReportsToHaveSentIsNotGivenBackBecauseItAnsweredOtherwise() {
    facts.reported(BACKUP, ReportedState.SENT);

    assertThat(facts.notSent(MESSAGE.id(), 2, FailureReason.NO_CREDIT)).isFalse();

    assertThat(state()).isEqualTo(DeliveryState.SENT);
    facts.reported(BACKUP, ReportedState.DELIVERED);
    assertThat(state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void whatNobodyTookIsGivenBackAndNoReportChangesThat() {
    facts.reported(FIRST, ReportedState.REJECTED);

    assertThat(facts.notSent(MESSAGE.id(), 2, FailureReason.NO_CREDIT)).isTrue();

    facts.reported(BACKUP, ReportedState.DELIVERED);
    assertThat(status().reason()).contains(FailureReason.NO_CREDIT);
    assertThat(status().notSent()).isTrue();
  }

  @Test
  void whatMayHaveBeenSentFollowsTheReportsOfTheOneThatMayHaveSentIt() {
    facts.unclear(MESSAGE, BACKUP, true);
    assertThat(state()).isEqualTo(DeliveryState.UNKNOWN);
    assertThat(status().complete()).isFalse();

    facts.reported(FIRST, ReportedState.DELIVERED);
    assertThat(state()).isEqualTo(DeliveryState.UNKNOWN);
    facts.reported(BACKUP, ReportedState.DELIVERED);
    assertThat(state()).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void whereNobodyReportsItEndsWithTheAnswer() {
    facts.accepted(MESSAGE, FIRST, TAKEN, false);

    assertThat(state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(status().complete()).isTrue();
  }

  @Test
  void whereNobodyReportsItStaysUnclear() {
    facts.unclear(MESSAGE, FIRST, false);

    assertThat(state()).isEqualTo(DeliveryState.UNKNOWN);
    assertThat(status().complete()).isTrue();
  }

  @Test
  void whatAGatewayReportsToHaveTakenIsNotUnclear() {
    facts.reported(FIRST, ReportedState.PENDING);
    facts.unclear(MESSAGE, FIRST, true);

    assertThat(state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(status().complete()).isFalse();
  }

  @Test
  void aSendingIsReadAsItWasWritten() {
    assertThat(Sending.of(BACKUP.encoded())).contains(BACKUP);
    assertThat(Sending.of("no sending")).isEmpty();
    assertThat(Sending.of("no.sending")).isEmpty();
  }

  private DeliveryState state() {
    return status().state();
  }

  private MessageStatus status() {
    return facts.statusOf(MESSAGE.id());
  }
}
