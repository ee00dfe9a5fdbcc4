-- What happened on the link.
SELECT CAST(make_timestamp_ns(event_time) AS VARCHAR) AS happened, kind, name, address, events, text
FROM link_events
ORDER BY index DESC
LIMIT 100
