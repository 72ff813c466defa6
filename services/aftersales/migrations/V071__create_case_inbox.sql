CREATE TABLE IF NOT EXISTS case_inbox (
  shop_id INT UNSIGNED NOT NULL,
  source_case_id BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  case_id BIGINT UNSIGNED NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii NOT NULL,
  event VARCHAR(64) CHARACTER SET ascii NOT NULL,
  members VARCHAR(1024) NOT NULL,
  state TINYINT UNSIGNED NOT NULL,
  refusal VARCHAR(64) CHARACTER SET ascii NOT NULL,
  attempts INT UNSIGNED NOT NULL,
  asked_at BIGINT NOT NULL,
  due_at BIGINT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, source_case_id, sequence),
  KEY case_inbox_due (due_at),
  CONSTRAINT case_inbox_waits CHECK (state <> 1 OR due_at IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
