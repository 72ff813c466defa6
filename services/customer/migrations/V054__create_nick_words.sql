-- By which nicks are found: the folded nick from each of its characters on, six characters at most.
-- place is 0 for how it begins, 1 for what is behind.
CREATE TABLE IF NOT EXISTS nick_words (
  shop_id     INT UNSIGNED     NOT NULL,
  place       TINYINT UNSIGNED NOT NULL,
  word        VARBINARY(24)    NOT NULL,
  customer_id BIGINT UNSIGNED  NOT NULL,
  PRIMARY KEY (shop_id, place, word, customer_id)
) ENGINE = InnoDB
