-- What a customer paid and got back, per currency.
CREATE TABLE IF NOT EXISTS customer_money (
  shop_id        INT UNSIGNED    NOT NULL,
  customer_id    BIGINT UNSIGNED NOT NULL,
  currency       VARCHAR(3)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paid_orders    INT             NOT NULL,
  paid_minor     BIGINT          NOT NULL,
  refunded_minor BIGINT          NOT NULL,
  last_paid_at   BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id, currency)
) ENGINE = InnoDB
