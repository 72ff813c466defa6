-- One row per customer who was contacted or is about to be: the lock behind the quiet period.
-- task_id: the task in work that reserves the customer.
CREATE TABLE IF NOT EXISTS care_contacts (
  shop_id      INT UNSIGNED    NOT NULL,
  customer_id  BIGINT UNSIGNED NOT NULL,
  task_id      BIGINT UNSIGNED NULL,
  contacted_at BIGINT          NULL,
  PRIMARY KEY (shop_id, customer_id)
) ENGINE = InnoDB
