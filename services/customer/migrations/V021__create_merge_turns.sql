-- One row per shop: whoever merges or takes apart holds its lock, so that a group is never changed
-- by two at once. Merging is a person's act, and rare.
CREATE TABLE IF NOT EXISTS merge_turns (
  shop_id INT UNSIGNED    NOT NULL,
  turn    BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id)
) ENGINE = InnoDB
