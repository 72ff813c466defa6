-- What may be chosen of a product; order lines name the code.
CREATE TABLE IF NOT EXISTS product_skus (
  shop_id     INT UNSIGNED     NOT NULL,
  product_id  BIGINT UNSIGNED  NOT NULL,
  sku_number  VARBINARY(256)   NOT NULL,
  code        VARBINARY(256)   NOT NULL,
  properties  VARCHAR(500) CHARACTER SET utf8mb4 NOT NULL,
  price_minor BIGINT           NOT NULL,
  stock       INT              NULL,
  withdrawn   TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, product_id, sku_number),
  KEY by_code (shop_id, code, product_id),
  CHECK (price_minor >= 0),
  CHECK (stock >= 0)
) ENGINE = InnoDB
