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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.testframework.mail.MailServer;

/** What came to the mail server of a test. */
record TestMails(MailServer server) {

  private static final Pattern LINK =
      Pattern.compile("https?://[^\\s\"<>]+action-token[^\\s\"<>]+");

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

  /** The link in the one mail that has come to a user, to prove that it has. */
  String link(TestUser user) {
    List<TestMail> received = to(user, 1);
    if (received.size() != 1) {
      throw new AssertionError(received.size() + " mails came, one was expected");
    }
    Matcher link = LINK.matcher(received.get(0).text());
    if (!link.find()) {
      throw new AssertionError("no link in " + received.get(0));
    }
    return link.group().replace("&amp;", "&");
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
