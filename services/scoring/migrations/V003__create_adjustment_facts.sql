CREATE TABLE IF NOT EXISTS adjustment_facts (
  shop_id INT UNSIGNED NOT NULL,
  adjustment_id BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  occurred_at BIGINT NOT NULL,
  is_refund TINYINT UNSIGNED NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  currency VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount BIGINT NOT NULL,
  order_paid_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, adjustment_id, sequence)
) ENGINE = InnoDB
