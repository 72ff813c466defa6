-- The distinct titles of a shop's lines: far fewer than lines. title_id is a digest of the title, so
-- that a line tells it without asking.
CREATE TABLE IF NOT EXISTS order_titles (
  shop_id  INT UNSIGNED    NOT NULL,
  title_id BIGINT UNSIGNED NOT NULL,
  title    VARCHAR(300) CHARACTER SET utf8mb4 NOT NULL,
  PRIMARY KEY (shop_id, title_id)
) ENGINE = InnoDB
