package com.smspm.keycloak.delivery;

/** Takes a message's place in the queue, and sends nothing. */
record Pretence(Transmission message) implements Dispatcher.Work {

  @Override
  public void run() {
    message.forget();
  }

  @Override
  public void turnedAway() {
    message.forget();
  }
}
