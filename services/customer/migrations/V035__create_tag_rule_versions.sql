CREATE TABLE IF NOT EXISTS tag_rule_versions (
  shop_id    INT UNSIGNED    NOT NULL,
  tag_code   VARBINARY(40)   NOT NULL,
  version    INT UNSIGNED    NOT NULL,
  expression VARBINARY(2000) NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  written_at BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, tag_code, version)
) ENGINE = InnoDB
