-- One row per note; its texts are customer_note_versions. deleted_at is 0 while it is shown. Listed
-- by customer, pinned ones first, or by time.
CREATE TABLE IF NOT EXISTS customer_notes (
  shop_id      INT UNSIGNED     NOT NULL,
  note_id      BIGINT UNSIGNED  NOT NULL,
  customer_id  BIGINT UNSIGNED  NOT NULL,
  pinned       TINYINT UNSIGNED NOT NULL,
  version      INT UNSIGNED     NOT NULL,
  text_version INT UNSIGNED     NOT NULL,
  author_id    BIGINT UNSIGNED  NOT NULL,
  editor_id    BIGINT UNSIGNED  NOT NULL,
  created_at   BIGINT           NOT NULL,
  changed_at   BIGINT           NOT NULL,
  deleted_at   BIGINT           NOT NULL,
  PRIMARY KEY (shop_id, note_id),
  KEY by_customer (shop_id, customer_id, pinned, note_id),
  KEY by_time (shop_id, customer_id, created_at, note_id)
) ENGINE = InnoDB
