CREATE TABLE IF NOT EXISTS daily_sums (
  shop_id INT UNSIGNED NOT NULL,
  measure TINYINT UNSIGNED NOT NULL,
  day INT NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  kind VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  currency VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount BIGINT NOT NULL,
  item_count BIGINT NOT NULL,
  PRIMARY KEY (shop_id, measure, day, agent_id, kind, currency)
) ENGINE = InnoDB
