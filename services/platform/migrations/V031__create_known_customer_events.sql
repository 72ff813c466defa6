-- The events of customers that this service has acted upon.
CREATE TABLE IF NOT EXISTS known_customer_events (
  shop_id INT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, customer_id, sequence)
) ENGINE = InnoDB
