-- The latest orders of an article: what was bought with it.
ALTER TABLE order_lines
  ADD KEY IF NOT EXISTS by_sku (shop_id, sku, order_id)
