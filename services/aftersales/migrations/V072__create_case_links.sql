CREATE TABLE IF NOT EXISTS case_links (
  shop_id INT UNSIGNED NOT NULL,
  case_id BIGINT UNSIGNED NOT NULL,
  linked_case_id BIGINT UNSIGNED NOT NULL,
  relation TINYINT UNSIGNED NOT NULL,
  linked_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, case_id, linked_case_id, relation)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
