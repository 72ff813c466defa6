-- Who was erased, by whom and why. customer_id is the one that was named; customer_ids are it and
-- those merged with it, 8 bytes each, big-endian. The reason is sealed under the erasure itself.
CREATE TABLE IF NOT EXISTS erasures (
  shop_id       INT UNSIGNED    NOT NULL,
  customer_id   BIGINT UNSIGNED NOT NULL,
  erasure_id    BIGINT UNSIGNED NOT NULL,
  customer_ids  VARBINARY(400)  NOT NULL,
  account_id    BIGINT UNSIGNED NOT NULL,
  sealed_reason VARBINARY(1024) NOT NULL,
  erased_at     BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id),
  UNIQUE KEY by_id (shop_id, erasure_id)
) ENGINE = InnoDB
