-- What was changed of an order, by whom and when: memos, receivers, prices. account_id 0 is the
-- platform, whose newer word won. What it was before and is now is sealed with the reason.
CREATE TABLE IF NOT EXISTS order_changes (
  shop_id       INT UNSIGNED     NOT NULL,
  order_id      BIGINT UNSIGNED  NOT NULL,
  change_number INT UNSIGNED     NOT NULL,
  kind          TINYINT UNSIGNED NOT NULL,
  account_id    BIGINT UNSIGNED  NOT NULL,
  changed_at    BIGINT           NOT NULL,
  subject_kind  TINYINT UNSIGNED NOT NULL,
  subject_id    BIGINT UNSIGNED  NOT NULL,
  sealed        MEDIUMBLOB       NOT NULL,
  PRIMARY KEY (shop_id, order_id, change_number),
  KEY by_time (shop_id, kind, changed_at, order_id, change_number)
) ENGINE = InnoDB
