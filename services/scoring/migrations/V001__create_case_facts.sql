CREATE TABLE IF NOT EXISTS case_facts (
  shop_id INT UNSIGNED NOT NULL,
  case_id BIGINT UNSIGNED NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  occurred_at BIGINT NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_state VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_final TINYINT UNSIGNED NOT NULL,
  actor_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  assignee_id BIGINT UNSIGNED NOT NULL,
  order_id BIGINT UNSIGNED NOT NULL,
  currency VARCHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_at BIGINT NOT NULL,
  order_paid_at BIGINT NOT NULL,
  outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  settled_amount BIGINT NOT NULL,
  PRIMARY KEY (shop_id, case_id, sequence)
) ENGINE = InnoDB
