-- occasion: 1 birthday, 2 festival, 3 match. days: a festival's, as 2026-11-11, with commas.
CREATE TABLE IF NOT EXISTS care_rules (
  shop_id    INT UNSIGNED    NOT NULL,
  rule_code  VARBINARY(40)   NOT NULL,
  name_zh    VARCHAR(40)     CHARACTER SET utf8mb4 NOT NULL,
  name_en    VARCHAR(60)     CHARACTER SET utf8mb4 NOT NULL,
  expression VARBINARY(2000) NOT NULL,
  occasion   TINYINT         NOT NULL,
  days       VARBINARY(700)  NOT NULL,
  days_ahead INT UNSIGNED    NOT NULL,
  quiet_days INT UNSIGNED    NOT NULL,
  coupon     TINYINT         NOT NULL,
  enabled    TINYINT         NOT NULL,
  version    INT UNSIGNED    NOT NULL,
  PRIMARY KEY (shop_id, rule_code)
) ENGINE = InnoDB
