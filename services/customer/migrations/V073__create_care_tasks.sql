-- state: 1 open, 2 claimed, 3 done, 4 skipped.
CREATE TABLE IF NOT EXISTS care_tasks (
  shop_id      INT UNSIGNED    NOT NULL,
  task_id      BIGINT UNSIGNED NOT NULL,
  rule_code    VARBINARY(40)   NOT NULL,
  customer_id  BIGINT UNSIGNED NOT NULL,
  occasion     TINYINT         NOT NULL,
  occasion_day INT             NOT NULL,
  state        TINYINT         NOT NULL,
  due_at       BIGINT          NOT NULL,
  worker_id    BIGINT UNSIGNED NULL,
  result       VARBINARY(40)   NOT NULL,
  coupon_code  VARBINARY(60)   NOT NULL,
  finished_at  BIGINT          NULL,
  version      INT UNSIGNED    NOT NULL,
  PRIMARY KEY (shop_id, task_id),
  UNIQUE KEY unique_occasion (shop_id, customer_id, rule_code, occasion_day),
  KEY tasks_by_state (shop_id, state, due_at, task_id)
) ENGINE = InnoDB
