CREATE TABLE IF NOT EXISTS events (
  shop_id INT UNSIGNED NOT NULL,
  aggregate_id BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  event_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  schema_version INT UNSIGNED NOT NULL,
  occurred_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  payload MEDIUMBLOB NOT NULL,
  PRIMARY KEY (shop_id, aggregate_id, sequence),
  KEY events_by_recording (recorded_at, shop_id, aggregate_id, sequence)
) ENGINE = InnoDB
