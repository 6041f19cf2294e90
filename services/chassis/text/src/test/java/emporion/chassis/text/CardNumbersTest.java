package emporion.chassis.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CardNumbersTest {

  @Test
  void findsNumbersHoweverTheyAreWritten() {
    for (var text :
        new String[] {
          "4111111111111111",
          "4111 1111 1111 1111",
          "4111-1111-1111-1111",
          "378282246310005",
          "4222222222222",
          "6304000000000000000",
          "tok_4111111111111111",
          "card: 5555 5555 5555 4444, please",
          "99 4111111111111111"
        }) {
      assertTrue(CardNumbers.in(text), text);
    }
  }

  @Test
  void passesOverWhatIsNone() {
    for (var text :
        new String[] {
          "", "tok_visa", "4111111111111112", "411111111111", "1234567890", "4111 words 1111"
        }) {
      assertFalse(CardNumbers.in(text), text);
    }
  }
}
