-- The line's own name is its identity in the order, so it is the key; line_id is what others use.
-- adjusted_minor sums the imported refunds matched with the line. A line that the source no longer
-- names stays, removed, because cases may stand on it.
CREATE TABLE IF NOT EXISTS order_lines (
  shop_id                  INT UNSIGNED     NOT NULL,
  order_id                 BIGINT UNSIGNED  NOT NULL,
  line_number              VARBINARY(256)   NOT NULL,
  line_id                  BIGINT UNSIGNED  NOT NULL,
  sku                      VARBINARY(256)   NOT NULL,
  title                    VARCHAR(300) CHARACTER SET utf8mb4 NOT NULL,
  quantity                 INT              NOT NULL,
  unit_price               VARBINARY(32)    NOT NULL,
  paid_minor               BIGINT           NOT NULL,
  refunded_elsewhere_minor BIGINT           NOT NULL,
  adjusted_minor           BIGINT           NOT NULL,
  postage                  TINYINT UNSIGNED NOT NULL,
  removed                  TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, order_id, line_number),
  CHECK (refunded_elsewhere_minor >= 0),
  CHECK (adjusted_minor >= 0)
) ENGINE = InnoDB
