-- Where a case of the past comes from, and when it was recorded: its steps have the source's times.
CREATE TABLE IF NOT EXISTS imported_cases (
  shop_id INT UNSIGNED NOT NULL,
  source VARCHAR(32) CHARACTER SET ascii NOT NULL,
  source_number VARCHAR(100) NOT NULL,
  case_id BIGINT UNSIGNED NOT NULL,
  digest BINARY(32) NOT NULL,
  last_sequence INT UNSIGNED NOT NULL,
  imported_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, source, source_number),
  KEY imported_cases_recent (imported_at, shop_id, case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
