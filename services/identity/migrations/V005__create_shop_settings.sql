CREATE TABLE IF NOT EXISTS shop_settings (
  shop_id INT UNSIGNED NOT NULL,
  setting_name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  effective_at BIGINT NOT NULL,
  setting_value VARCHAR(4000) NOT NULL,
  set_by BIGINT UNSIGNED NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, setting_name, effective_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
