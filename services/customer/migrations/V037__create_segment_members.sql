-- The people (heads of groups) in segments, as they were last judged.
CREATE TABLE IF NOT EXISTS segment_members (
  shop_id      INT UNSIGNED    NOT NULL,
  customer_id  BIGINT UNSIGNED NOT NULL,
  segment_code VARBINARY(40)   NOT NULL,
  joined_at    BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id, segment_code),
  KEY members_of_segment (shop_id, segment_code, customer_id, joined_at)
) ENGINE = InnoDB
