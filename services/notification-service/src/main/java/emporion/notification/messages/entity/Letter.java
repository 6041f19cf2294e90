package emporion.notification.messages.entity;

/** What a mail says, in both forms that go out together. */
public record Letter(String subject, String text, String html) {}
