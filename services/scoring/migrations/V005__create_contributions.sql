CREATE TABLE IF NOT EXISTS contributions (
  shop_id INT UNSIGNED NOT NULL,
  measure TINYINT UNSIGNED NOT NULL,
  day INT NOT NULL,
  source TINYINT UNSIGNED NOT NULL,
  aggregate_id BIGINT UNSIGNED NOT NULL,
  kind VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  currency VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL,
  item_count BIGINT NOT NULL,
  PRIMARY KEY (shop_id, measure, day, source, aggregate_id, kind),
  KEY contributions_by_aggregate (shop_id, source, aggregate_id)
) ENGINE = InnoDB
