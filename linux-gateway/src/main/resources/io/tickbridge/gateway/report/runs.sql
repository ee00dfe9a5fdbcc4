-- Each run, with what its records hold; lost is what the gateway itself counted at its end.
WITH frames_of AS (
    SELECT run, count(*) AS frames FROM frames WHERE message = 0 GROUP BY run
), signals_of AS (
    SELECT run, count(*) AS signals FROM signals GROUP BY run
)
SELECT row_number() OVER (ORDER BY b.index) AS run, CAST(make_timestamp_ns(b.start_time) AS VARCHAR) AS started,
       CAST(make_timestamp_ns(e.stop_time) AS VARCHAR) AS stopped, e.reason, b.gateway, b.build, b.jdk, b.source, b.live,
       coalesce(f.frames, 0) AS frames, coalesce(s.signals, 0) AS signals, e.lost_frames, e.lost_signals,
       b.configuration_sha256, b.configuration
FROM runs b LEFT JOIN frames_of f ON f.run = b.index LEFT JOIN signals_of s ON s.run = b.index LEFT JOIN run_ends e ON e.run = b.index
ORDER BY b.index
LIMIT 50
