CREATE TABLE IF NOT EXISTS bank_run_strange_lines (
  shop_id INT UNSIGNED NOT NULL,
  run_id BIGINT UNSIGNED NOT NULL,
  digest BINARY(32) NOT NULL,
  line INT UNSIGNED NOT NULL,
  reference VARCHAR(64) NOT NULL,
  amount VARCHAR(32) NOT NULL,
  currency VARCHAR(3) NOT NULL,
  result VARCHAR(16) NOT NULL,
  bank_reference VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, run_id, digest)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
