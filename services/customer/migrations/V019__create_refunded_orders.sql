-- How many facts tell of a refund of an order: it counts once among the customer's refunded orders.
CREATE TABLE IF NOT EXISTS refunded_orders (
  shop_id      INT UNSIGNED    NOT NULL,
  customer_id  BIGINT UNSIGNED NOT NULL,
  order_id     BIGINT UNSIGNED NOT NULL,
  refund_count INT             NOT NULL,
  PRIMARY KEY (shop_id, customer_id, order_id)
) ENGINE = InnoDB
