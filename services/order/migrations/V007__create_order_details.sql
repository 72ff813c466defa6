-- What is known of an order in words: the buyer's message and account, the memo, and what the source
-- says in columns that no field takes. Sealed as one, under the same subject as the receiver.
CREATE TABLE IF NOT EXISTS order_details (
  shop_id      INT UNSIGNED     NOT NULL,
  order_id     BIGINT UNSIGNED  NOT NULL,
  subject_kind TINYINT UNSIGNED NOT NULL,
  subject_id   BIGINT UNSIGNED  NOT NULL,
  sealed       BLOB             NOT NULL,
  PRIMARY KEY (shop_id, order_id)
) ENGINE = InnoDB
