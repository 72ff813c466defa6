-- Why a case has its priority, a decimal digit per reason; see domain/triage.h. NULL: judged before.
ALTER TABLE cases ADD COLUMN IF NOT EXISTS triage SMALLINT UNSIGNED NULL;
