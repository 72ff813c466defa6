-- One row per account that reveals: locked while its reveals are counted, so that a limit holds
-- when many are asked for at once.
CREATE TABLE IF NOT EXISTS reveal_accounts (
  shop_id    INT UNSIGNED    NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, account_id)
) ENGINE = InnoDB
