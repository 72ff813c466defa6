CREATE TABLE IF NOT EXISTS late_reports (
  shop_id INT UNSIGNED NOT NULL,
  case_id BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  task_id BIGINT UNSIGNED NOT NULL,
  reason VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reported_at BIGINT NOT NULL,
  seen_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
  seen_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (shop_id, case_id, sequence),
  KEY late_reports_waiting (shop_id, seen_at, reported_at, case_id, sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
