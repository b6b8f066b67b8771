-- Calls, prompt and answer tokens by calling function. Of bins that are stored already they are not known.
ALTER TABLE distribution_bins ADD COLUMN usage_by_function TEXT NOT NULL DEFAULT '{}';
