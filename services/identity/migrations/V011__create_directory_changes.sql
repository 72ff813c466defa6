-- Each entity once, at its latest change. The version comes from installation_counters.
CREATE TABLE IF NOT EXISTS directory_changes (
  version BIGINT UNSIGNED NOT NULL,
  entity VARCHAR(140) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shop_id INT UNSIGNED NULL,
  account_id BIGINT UNSIGNED NULL,
  roles INT UNSIGNED NULL,
  approval_limit_minor BIGINT NULL,
  time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  currency_code CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
  setting_name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  setting_value VARCHAR(4000) NULL,
  effective_at BIGINT NULL,
  session_id BIGINT UNSIGNED NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (version),
  UNIQUE KEY directory_changes_by_entity (entity),
  KEY directory_changes_by_session (session_id, recorded_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
