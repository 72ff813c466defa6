-- Which shops have something due is read off it with one look at each, and what is due first of one.
ALTER TABLE messages
  ADD KEY IF NOT EXISTS messages_queued (state, shop_id, due_at, message_id)
