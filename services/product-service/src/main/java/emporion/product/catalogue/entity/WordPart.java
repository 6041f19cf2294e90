package emporion.product.catalogue.entity;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A place at which one enters a word ({@link SearchText#parts}), for queries. */
@Entity
@Table(name = "word_part")
public class WordPart implements Serializable {
  @Id private String part;
  @Id private String word;

  protected WordPart() {}
}
