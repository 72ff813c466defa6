-- Refunds and corrections that were made outside Redress, of customers.
CREATE TABLE IF NOT EXISTS customer_adjustments (
  shop_id       INT UNSIGNED     NOT NULL,
  adjustment_id BIGINT UNSIGNED  NOT NULL,
  sequence      INT UNSIGNED     NOT NULL,
  customer_id   BIGINT UNSIGNED  NOT NULL COMMENT '0 where the source names none',
  order_id      BIGINT UNSIGNED  NOT NULL,
  line_id       BIGINT UNSIGNED  NOT NULL,
  is_refund     TINYINT UNSIGNED NOT NULL,
  currency      VARCHAR(3)       CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_minor  BIGINT           NOT NULL,
  adjusted_at   BIGINT           NOT NULL,
  PRIMARY KEY (shop_id, adjustment_id),
  KEY customer_adjustments_by_customer (shop_id, customer_id, adjusted_at, adjustment_id)
) ENGINE = InnoDB
