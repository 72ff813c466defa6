-- The cases of one customer, so that an open one keeps its agent.
ALTER TABLE cases ADD KEY IF NOT EXISTS cases_customer (shop_id, customer_id, case_id);
