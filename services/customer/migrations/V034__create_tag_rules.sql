-- One rule per tag: its newest version and where that is on its way (1 draft, 2 tried, 3 on, 4 off),
-- and the version in force, 0 for none.
CREATE TABLE IF NOT EXISTS tag_rules (
  shop_id    INT UNSIGNED  NOT NULL,
  tag_code   VARBINARY(40) NOT NULL,
  version    INT UNSIGNED  NOT NULL,
  state      TINYINT       NOT NULL,
  on_version INT UNSIGNED  NOT NULL,
  changed_at BIGINT        NOT NULL,
  PRIMARY KEY (shop_id, tag_code)
) ENGINE = InnoDB
