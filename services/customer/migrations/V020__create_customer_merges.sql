-- Who was merged into whom, by whom and why (sealed under the customer's key). Rows that were not
-- undone are the edges of a forest; customers.head_id and customer_members follow from them.
CREATE TABLE IF NOT EXISTS customer_merges (
  shop_id              INT UNSIGNED    NOT NULL,
  merge_id             BIGINT UNSIGNED NOT NULL,
  customer_id          BIGINT UNSIGNED NOT NULL COMMENT 'the head that became a member',
  into_customer_id     BIGINT UNSIGNED NOT NULL COMMENT 'the head of the other group then',
  merged_at            BIGINT          NOT NULL,
  merger_id            BIGINT UNSIGNED NOT NULL,
  sealed_reason        VARBINARY(2048) NOT NULL,
  unmerged_at          BIGINT          NOT NULL COMMENT '0 while it stands',
  unmerger_id          BIGINT UNSIGNED NOT NULL,
  sealed_unmerge_reason VARBINARY(2048) NOT NULL,
  PRIMARY KEY (shop_id, merge_id),
  KEY merges_by_customer (shop_id, customer_id, unmerged_at),
  KEY merges_by_target (shop_id, into_customer_id, unmerged_at)
) ENGINE = InnoDB
