CREATE TABLE IF NOT EXISTS aggregates (
  shop_id INT UNSIGNED NOT NULL,
  source TINYINT UNSIGNED NOT NULL,
  aggregate_id BIGINT UNSIGNED NOT NULL,
  fact_count INT UNSIGNED NOT NULL,
  last_sequence INT UNSIGNED NOT NULL,
  gap_noticed_at BIGINT NULL,
  PRIMARY KEY (shop_id, source, aggregate_id),
  KEY aggregates_by_gap (source, gap_noticed_at)
) ENGINE = InnoDB
