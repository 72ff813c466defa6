-- One row per order of a marketplace. Names of the source are VARBINARY: compared byte by byte,
-- trailing blanks included. customer_id and paid_at are 0 where there is none.
CREATE TABLE IF NOT EXISTS orders (
  shop_id      INT UNSIGNED     NOT NULL,
  order_id     BIGINT UNSIGNED  NOT NULL,
  platform     VARBINARY(32)    NOT NULL,
  order_number VARBINARY(256)   NOT NULL,
  customer_id  BIGINT UNSIGNED  NOT NULL,
  status       TINYINT UNSIGNED NOT NULL,
  currency     BINARY(3)        NOT NULL,
  region       VARCHAR(64) CHARACTER SET utf8mb4 NOT NULL,
  order_at     BIGINT           NOT NULL,
  paid_at      BIGINT           NOT NULL,
  source_at    BIGINT           NOT NULL,
  version      INT UNSIGNED     NOT NULL,
  PRIMARY KEY (shop_id, order_id),
  UNIQUE KEY by_number (shop_id, platform, order_number),
  KEY by_time (shop_id, order_at, order_id),
  KEY by_customer (shop_id, customer_id, order_at, order_id)
) ENGINE = InnoDB
