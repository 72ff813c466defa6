-- Rows are never changed: a later version, or a later date, takes an earlier one's place. What was
-- set in deadline_rules stays in force beside them.
CREATE TABLE IF NOT EXISTS deadline_rule_versions (
  shop_id INT UNSIGNED NOT NULL,
  rule VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule_condition VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  platform VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT UNSIGNED NOT NULL,
  effective_at BIGINT NOT NULL,
  duration_s BIGINT NOT NULL,
  repeat_s BIGINT NOT NULL,
  warn_s BIGINT NOT NULL,
  calendar VARCHAR(64) NOT NULL,
  ended BOOLEAN NOT NULL,
  set_by BIGINT UNSIGNED NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, rule, rule_condition, platform, variant, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
