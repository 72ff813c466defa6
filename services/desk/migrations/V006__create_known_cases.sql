-- Locked while steps of the case are taken; says since when one is missing among them.
CREATE TABLE IF NOT EXISTS known_cases (
  shop_id   INT UNSIGNED    NOT NULL,
  case_id   BIGINT UNSIGNED NOT NULL,
  gap_since BIGINT          NULL,
  PRIMARY KEY (shop_id, case_id),
  KEY known_cases_gaps (gap_since, shop_id, case_id)
) ENGINE = InnoDB
