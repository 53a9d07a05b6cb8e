package com.smspm.keycloak.it;

import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.keycloak.testframework.mail.MailServer;

/** What came to the mail server of a test. */
record TestMails(MailServer server) {

  /**
   * A mail.
   *
   * @param text its plain part
   * @param html its other part
   */
  record TestMail(String subject, String text, String html) {}

  /** Everything for a user so far, once there are so many or patience has ended. */
  List<TestMail> to(TestUser user, int count) {
    try {
      Eventually.holds(() -> to(user).size() >= count);
    } catch (AssertionError tooFew) {
      // The caller says what was expected
    }
    return to(user);
  }

  List<TestMail> to(TestUser user) {
    return Arrays.stream(server.getReceivedMessages())
        .filter(mail -> recipient(mail).equals(user.name() + "@example.com"))
        .map(TestMails::read)
        .toList();
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getRecipients(RecipientType.TO)[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestMail read(MimeMessage mail) {
    try {
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      return new TestMail(
          mail.getSubject(), content(parts.getBodyPart(0)), content(parts.getBodyPart(1)));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(BodyPart part) throws MessagingException, IOException {
    return part.getContent().toString();
  }
}
