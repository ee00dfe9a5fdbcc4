-- What add-ons said of trading as a whole: a decision without a signal, whose rule is the notice's kind. Newest first.
SELECT CAST(make_timestamp_ns(event_time) AS VARCHAR) AS happened, replace(rule, 'notice.', '') AS kind, mode, account, instrument_name, text,
       count(*) OVER () AS of_all
FROM (SELECT *, row_number() OVER (PARTITION BY stream, sequence ORDER BY index) AS copy FROM risk_decisions WHERE starts_with(rule, 'notice.'))
WHERE copy = 1
ORDER BY index DESC
LIMIT 100
