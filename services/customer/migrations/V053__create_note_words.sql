-- By which notes are found: keyed hashes of the bigrams of their newest text, since the text itself
-- is sealed. Cut to eight bytes: a hit is verified on the opened text anyway.
CREATE TABLE IF NOT EXISTS note_words (
  shop_id INT UNSIGNED    NOT NULL,
  word    BINARY(8)       NOT NULL,
  note_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, word, note_id),
  KEY by_note (shop_id, note_id, word)
) ENGINE = InnoDB
