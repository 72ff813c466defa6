CREATE TABLE IF NOT EXISTS shop_keys (
  shop_id INT UNSIGNED NOT NULL,
  generation TINYINT UNSIGNED NOT NULL COMMENT 'new subject keys are wrapped by the highest',
  wrapped_key VARBINARY(160) NOT NULL COMMENT 'shop key and hash key, wrapped by the master key',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, generation)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
