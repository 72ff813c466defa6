-- The last rotation of a shop's key, and how far it is: subject keys up to (after_kind, after_id,
-- after_generation) are wrapped with the new generation.
CREATE TABLE IF NOT EXISTS key_rotations (
  shop_id INT UNSIGNED NOT NULL,
  generation TINYINT UNSIGNED NOT NULL COMMENT 'the new one',
  subject_count BIGINT UNSIGNED NOT NULL,
  rewrapped_count BIGINT UNSIGNED NOT NULL,
  after_kind TINYINT UNSIGNED NOT NULL,
  after_id BIGINT UNSIGNED NOT NULL,
  after_generation TINYINT UNSIGNED NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NULL,
  PRIMARY KEY (shop_id),
  KEY key_rotations_open (finished_at, shop_id)
) ENGINE = InnoDB
