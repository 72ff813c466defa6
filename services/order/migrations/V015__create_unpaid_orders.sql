-- The orders that wait to be paid, beside the orders: few rows, two orderings. Made of those that
-- wait already.
CREATE TABLE IF NOT EXISTS unpaid_orders (
  shop_id      INT UNSIGNED    NOT NULL,
  order_id     BIGINT UNSIGNED NOT NULL,
  order_at     BIGINT          NOT NULL,
  amount_minor BIGINT          NOT NULL,
  reminders    INT UNSIGNED    NOT NULL DEFAULT 0,
  reminded_at  BIGINT          NOT NULL DEFAULT 0,
  PRIMARY KEY (shop_id, order_id),
  KEY by_age (shop_id, order_at, order_id),
  KEY by_amount (shop_id, amount_minor, order_id)
) ENGINE = InnoDB
SELECT o.shop_id, o.order_id, o.order_at, COALESCE(SUM(l.paid_minor), 0) AS amount_minor
FROM orders o LEFT JOIN order_lines l
  ON l.shop_id = o.shop_id AND l.order_id = o.order_id AND l.removed = 0
WHERE o.status = 1
GROUP BY o.shop_id, o.order_id, o.order_at
