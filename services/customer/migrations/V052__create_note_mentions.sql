-- Whom a note mentions; read_at is 0 until that member says so.
CREATE TABLE IF NOT EXISTS note_mentions (
  shop_id    INT UNSIGNED    NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  note_id    BIGINT UNSIGNED NOT NULL,
  read_at    BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, account_id, note_id),
  KEY by_reading (shop_id, account_id, read_at, note_id),
  KEY by_note (shop_id, note_id, account_id)
) ENGINE = InnoDB
