-- The orders that have, or once had, a line of a title.
CREATE TABLE IF NOT EXISTS title_orders (
  shop_id  INT UNSIGNED    NOT NULL,
  title_id BIGINT UNSIGNED NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, title_id, order_id)
) ENGINE = InnoDB
