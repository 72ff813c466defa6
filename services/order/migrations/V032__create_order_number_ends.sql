-- Finds orders by how their number ends: its last twelve bytes, backwards. How a number begins is
-- found by the orders' own key.
CREATE TABLE IF NOT EXISTS order_number_ends (
  shop_id    INT UNSIGNED    NOT NULL,
  number_end VARBINARY(12)   NOT NULL,
  order_id   BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, number_end, order_id)
) ENGINE = InnoDB
