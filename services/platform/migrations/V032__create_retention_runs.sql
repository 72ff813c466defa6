-- What a shop's retention rules have destroyed. A run may take several transactions; each adds.
CREATE TABLE IF NOT EXISTS retention_runs (
  shop_id INT UNSIGNED NOT NULL,
  run_id BIGINT UNSIGNED NOT NULL,
  setting VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  older_than BIGINT NOT NULL,
  destroyed_count BIGINT UNSIGNED NOT NULL,
  ran_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, run_id)
) ENGINE = InnoDB
