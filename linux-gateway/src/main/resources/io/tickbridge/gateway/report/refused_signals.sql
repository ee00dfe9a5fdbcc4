-- Signals that an add-on's gate refused, newest first: the first 200.
SELECT CAST(make_timestamp_ns(decision_time) AS VARCHAR) AS decided_at, account, mode, coalesce(symbol, instrument_name) AS symbol, kind,
       action, quantity, refused_by, limit_value, value, unit, text, signal_number, count(*) OVER () AS of_all
FROM transaction_costs
WHERE state = 'REFUSED'
ORDER BY index DESC, signal_sequence DESC
LIMIT 200
