-- The steps of cases that rules have looked at: one that comes again changes nothing.
CREATE TABLE IF NOT EXISTS known_steps (
  shop_id  INT UNSIGNED    NOT NULL,
  case_id  BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED    NOT NULL,
  PRIMARY KEY (shop_id, case_id, sequence)
) ENGINE = InnoDB
