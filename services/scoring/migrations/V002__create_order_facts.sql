CREATE TABLE IF NOT EXISTS order_facts (
  shop_id INT UNSIGNED NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  occurred_at BIGINT NOT NULL,
  order_version INT UNSIGNED NOT NULL,
  currency VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paid_at BIGINT NOT NULL,
  paid_amount BIGINT NOT NULL,
  PRIMARY KEY (shop_id, order_id, sequence)
) ENGINE = InnoDB
