CREATE TABLE IF NOT EXISTS unexpected_goods (
  shop_id INT UNSIGNED NOT NULL,
  record_id BIGINT UNSIGNED NOT NULL,
  wms_reference VARCHAR(100) NOT NULL,
  digest BINARY(16) NOT NULL,
  carrier VARCHAR(64) NOT NULL,
  tracking VARCHAR(64) NOT NULL,
  sku VARCHAR(64) NOT NULL,
  quantity INT NOT NULL,
  reported_by BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, record_id),
  UNIQUE KEY unexpected_goods_reference (shop_id, wms_reference)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
