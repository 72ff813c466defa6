CREATE TABLE IF NOT EXISTS deadline_rules (
  shop_id INT UNSIGNED NOT NULL,
  rule VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule_condition VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effective_at BIGINT NOT NULL,
  duration_s BIGINT NOT NULL,
  repeat_s BIGINT NOT NULL,
  warn_s BIGINT NOT NULL,
  set_by BIGINT UNSIGNED NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, rule, rule_condition, effective_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
