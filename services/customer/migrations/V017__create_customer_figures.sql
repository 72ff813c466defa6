-- The sums over a customer's facts, changed with them in one transaction. One row per customer, not
-- per group: a person's figures are the sum of the rows of its members. Counts are signed, because
-- what changes them is added.
CREATE TABLE IF NOT EXISTS customer_figures (
  shop_id           INT UNSIGNED    NOT NULL,
  customer_id       BIGINT UNSIGNED NOT NULL,
  orders            INT             NOT NULL,
  paid_orders       INT             NOT NULL,
  refunds           INT             NOT NULL,
  refunded_orders   INT             NOT NULL,
  cases             INT             NOT NULL,
  open_cases        INT             NOT NULL,
  disputes          INT             NOT NULL,
  lost_disputes     INT             NOT NULL,
  reviews           INT             NOT NULL,
  bad_reviews       INT             NOT NULL,
  malicious_reviews INT             NOT NULL,
  revised_reviews   INT             NOT NULL,
  conversations     INT             NOT NULL,
  first_order_at    BIGINT          NOT NULL COMMENT 'moments are 0 for never',
  first_paid_at     BIGINT          NOT NULL,
  last_order_at     BIGINT          NOT NULL,
  last_paid_at      BIGINT          NOT NULL,
  last_refund_at    BIGINT          NOT NULL,
  last_case_at      BIGINT          NOT NULL,
  last_contact_at   BIGINT          NOT NULL,
  PRIMARY KEY (shop_id, customer_id)
) ENGINE = InnoDB
