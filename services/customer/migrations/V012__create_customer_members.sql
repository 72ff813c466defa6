-- The other way round, for merged customers only: who belongs to a head. Narrow, since hardly
-- anybody is merged.
CREATE TABLE IF NOT EXISTS customer_members (
  shop_id     INT UNSIGNED    NOT NULL,
  head_id     BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, head_id, customer_id)
) ENGINE = InnoDB
