-- What one person has given in one month of the shop's calendar (202611), held by one row.
CREATE TABLE IF NOT EXISTS compensation_budgets (
  shop_id INT UNSIGNED NOT NULL,
  month INT NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  currency CHAR(3) CHARACTER SET ascii NOT NULL,
  cap BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, month, account_id),
  CONSTRAINT compensation_budgets_spent CHECK (spent >= 0 AND spent <= cap)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
