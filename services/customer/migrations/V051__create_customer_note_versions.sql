-- What a note has said, sealed under the customer's key; the newest version is the note's text.
CREATE TABLE IF NOT EXISTS customer_note_versions (
  shop_id      INT UNSIGNED    NOT NULL,
  note_id      BIGINT UNSIGNED NOT NULL,
  text_version INT UNSIGNED    NOT NULL,
  sealed       VARBINARY(8192) NOT NULL,
  editor_id    BIGINT UNSIGNED NOT NULL,
  edited_at    BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, note_id, text_version)
) ENGINE = InnoDB
