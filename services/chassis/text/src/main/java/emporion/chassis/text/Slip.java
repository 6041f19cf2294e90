package emporion.chassis.text;

import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;

/** One slip of the finger: a letter too many, too few, another one, or two that changed places. */
public final class Slip {
  private final CharacterRunAutomaton near;
  private final int length;

  /** What is at most one slip away from a word. */
  public Slip(String word) {
    near = new CharacterRunAutomaton(new LevenshteinAutomata(word, true).toAutomaton(1));
    length = word.codePointCount(0, word.length());
  }

  /** Whether it is the word, or one slip away from it. */
  public boolean is(String other) {
    return near.run(other);
  }

  /** Whether it begins with the word, or with what is one slip away from it. */
  public boolean begins(String other) {
    int letters = other.codePointCount(0, other.length());
    for (int i = Math.max(1, length - 1); i <= Math.min(letters, length + 1); i++) {
      if (is(other.substring(0, other.offsetByCodePoints(0, i)))) {
        return true;
      }
    }
    return false;
  }
}
