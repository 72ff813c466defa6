-- By which titles are found: the folded title from each of its characters on, six characters at
-- most.
CREATE TABLE IF NOT EXISTS title_words (
  shop_id  INT UNSIGNED    NOT NULL,
  word     VARBINARY(24)   NOT NULL,
  title_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (shop_id, word, title_id)
) ENGINE = InnoDB
