-- Keyed hashes of nicks whose person was erased, and when: what a source said of them until then is
-- not learnt again, though the same nick may come back as a new customer.
CREATE TABLE IF NOT EXISTS erased_nicks (
  shop_id   INT UNSIGNED NOT NULL,
  nick_hash BINARY(32)   NOT NULL,
  erased_at BIGINT       NOT NULL,
  PRIMARY KEY (shop_id, nick_hash)
) ENGINE = InnoDB
