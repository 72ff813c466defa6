-- What was done for a customer, newest first: the timeline's.
ALTER TABLE care_tasks
  ADD KEY IF NOT EXISTS tasks_of_customer (shop_id, customer_id, state, finished_at, task_id);
