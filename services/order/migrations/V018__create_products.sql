-- What a shop sells. stock is NULL where no source says; of a product with SKUs it is their sum.
CREATE TABLE IF NOT EXISTS products (
  shop_id     INT UNSIGNED     NOT NULL,
  product_id  BIGINT UNSIGNED  NOT NULL,
  platform    VARBINARY(32)    NOT NULL,
  item_number VARBINARY(256)   NOT NULL,
  code        VARBINARY(256)   NOT NULL,
  title       VARCHAR(300) CHARACTER SET utf8mb4 NOT NULL,
  category    VARBINARY(400)   NOT NULL,
  properties  VARCHAR(4000) CHARACTER SET utf8mb4 NOT NULL,
  currency    BINARY(3)        NOT NULL,
  price_minor BIGINT           NOT NULL,
  stock       BIGINT           NULL,
  withdrawn   TINYINT UNSIGNED NOT NULL,
  source_at   BIGINT           NOT NULL,
  version     INT UNSIGNED     NOT NULL,
  PRIMARY KEY (shop_id, product_id),
  UNIQUE KEY by_number (shop_id, platform, item_number),
  KEY by_code (shop_id, code, product_id),
  KEY by_category (shop_id, category, product_id),
  CHECK (price_minor >= 0),
  CHECK (stock >= 0)
) ENGINE = InnoDB
