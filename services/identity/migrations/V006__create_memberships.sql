CREATE TABLE IF NOT EXISTS memberships (
  shop_id INT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  roles INT UNSIGNED NOT NULL COMMENT 'bit N is role N; 0: the membership has ended',
  approval_limit_minor BIGINT NULL COMMENT 'NULL: no limit',
  version INT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, account_id),
  KEY memberships_by_account (account_id)
) ENGINE = InnoDB
