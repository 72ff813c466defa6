-- The list of one kind's differing objects, newest first.
ALTER TABLE platform_refunds
  ADD KEY IF NOT EXISTS platform_refunds_kind_look (shop_id, needs_look, kind, object_id);
