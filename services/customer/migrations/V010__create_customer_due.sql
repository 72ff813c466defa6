-- The people whose tags are to be judged again, and when. Whoever changes what is known of a customer
-- puts the row in the same transaction; one row per person, under the head of the group.
CREATE TABLE IF NOT EXISTS customer_due (
  shop_id     INT UNSIGNED    NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  due_at      BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id),
  KEY due_of_shop (shop_id, due_at, customer_id)
) ENGINE = InnoDB
