CREATE TABLE IF NOT EXISTS platform_unmapped (
  shop_id INT UNSIGNED NOT NULL,
  field VARCHAR(64) CHARACTER SET ascii NOT NULL,
  code VARCHAR(64) CHARACTER SET ascii NOT NULL,
  unmapped_id BIGINT UNSIGNED NOT NULL,
  objects BIGINT NOT NULL,
  refund_id VARCHAR(20) CHARACTER SET ascii NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, field, code),
  UNIQUE KEY platform_unmapped_newest (shop_id, unmapped_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
