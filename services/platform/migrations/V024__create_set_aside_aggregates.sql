CREATE TABLE IF NOT EXISTS set_aside_aggregates (
  shop_id INT UNSIGNED NOT NULL,
  consumer VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  aggregate_id BIGINT UNSIGNED NOT NULL,
  failed_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, consumer, source, aggregate_id),
  KEY set_aside_by_failure (consumer, source, failed_at)
) ENGINE = InnoDB
