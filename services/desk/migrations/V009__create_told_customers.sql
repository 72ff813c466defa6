-- Locked while it is looked whether a rule has to be quiet towards the customer, so that of two
-- messages at the same moment the second sees the first.
CREATE TABLE IF NOT EXISTS told_customers (
  shop_id     INT UNSIGNED    NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, customer_id)
) ENGINE = InnoDB
