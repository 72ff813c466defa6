ALTER TABLE case_facts
  ADD KEY IF NOT EXISTS case_facts_by_time (shop_id, kind, occurred_at)
