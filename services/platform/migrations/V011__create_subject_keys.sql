CREATE TABLE IF NOT EXISTS subject_keys (
  shop_id INT UNSIGNED NOT NULL,
  subject_kind TINYINT UNSIGNED NOT NULL COMMENT 'customer, order, case, ...: sealing/subject.h',
  subject_id BIGINT UNSIGNED NOT NULL,
  generation TINYINT UNSIGNED NOT NULL COMMENT 'named by every field that the key sealed',
  shop_generation TINYINT UNSIGNED NOT NULL COMMENT 'the shop key that wraps this one',
  wrapped_key VARBINARY(80) NOT NULL COMMENT 'empty once the subject was erased',
  created_at BIGINT NOT NULL,
  destroyed_at BIGINT NULL,
  PRIMARY KEY (shop_id, subject_kind, subject_id, generation)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4
