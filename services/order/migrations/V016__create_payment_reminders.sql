-- Who reminded a buyer of payment, and whether it was paid in the window after. paid_at is 0 where
-- it was not, or another reminder came between.
CREATE TABLE IF NOT EXISTS payment_reminders (
  shop_id       INT UNSIGNED     NOT NULL,
  reminder_id   BIGINT UNSIGNED  NOT NULL,
  order_id      BIGINT UNSIGNED  NOT NULL,
  account_id    BIGINT UNSIGNED  NOT NULL,
  channel       TINYINT UNSIGNED NOT NULL,
  phrase_id     BIGINT UNSIGNED  NOT NULL,
  reminded_at   BIGINT           NOT NULL,
  window_end_at BIGINT           NOT NULL,
  currency      BINARY(3)        NOT NULL,
  payable_minor BIGINT           NOT NULL,
  paid_at       BIGINT           NOT NULL,
  paid_minor    BIGINT           NOT NULL,
  PRIMARY KEY (shop_id, reminder_id),
  KEY by_order (shop_id, order_id, reminded_at),
  KEY by_time (shop_id, reminded_at, account_id),
  KEY by_account (shop_id, account_id, reminder_id)
) ENGINE = InnoDB
