-- Refunds and corrections made outside Redress. customer_id, order_id and line_id are 0 where none
-- is known; content_digest tells a repeat from another record under the same number.
CREATE TABLE IF NOT EXISTS adjustments (
  shop_id           INT UNSIGNED     NOT NULL,
  adjustment_id     BIGINT UNSIGNED  NOT NULL,
  platform          VARBINARY(32)    NOT NULL,
  adjustment_number VARBINARY(256)   NOT NULL,
  correction        TINYINT UNSIGNED NOT NULL,
  customer_id       BIGINT UNSIGNED  NOT NULL,
  order_id          BIGINT UNSIGNED  NOT NULL,
  line_id           BIGINT UNSIGNED  NOT NULL,
  sku               VARBINARY(256)   NOT NULL,
  title             VARCHAR(300) CHARACTER SET utf8mb4 NOT NULL,
  document_number   VARBINARY(256)   NOT NULL,
  quantity          INT              NOT NULL,
  unit_price        VARBINARY(32)    NOT NULL,
  currency          BINARY(3)        NOT NULL,
  amount_minor      BIGINT           NOT NULL,
  adjust_at         BIGINT           NOT NULL,
  content_digest    BINARY(32)       NOT NULL,
  PRIMARY KEY (shop_id, adjustment_id),
  UNIQUE KEY by_number (shop_id, platform, adjustment_number),
  KEY by_time (shop_id, adjust_at, adjustment_id),
  KEY by_customer (shop_id, customer_id, adjust_at, adjustment_id)
) ENGINE = InnoDB
