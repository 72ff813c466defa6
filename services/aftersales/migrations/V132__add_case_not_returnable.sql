-- Why the goods cannot be returned, as an agent marked the case. Empty: not marked.
ALTER TABLE cases ADD COLUMN IF NOT EXISTS not_returnable VARCHAR(32) CHARACTER SET ascii NOT NULL DEFAULT '';
