-- Each run, with what its records hold; lost is what the gateway itself counted at its end.
WITH bounds AS (SELECT *, lead(index) OVER (ORDER BY index) AS next_index FROM runs),
frames_of AS (
    SELECT r.index, count(*) AS frames FROM frames f ASOF JOIN runs r ON f.index >= r.index WHERE f.message = 0 GROUP BY r.index
), signals_of AS (
    SELECT r.index, count(*) AS signals FROM signals s ASOF JOIN runs r ON s.index >= r.index GROUP BY r.index
), ends_of AS (
    SELECT r.index, e.stop_time, e.reason, e.lost_frames, e.lost_signals FROM run_ends e ASOF JOIN runs r ON e.index >= r.index
)
SELECT row_number() OVER (ORDER BY b.index) AS run, CAST(make_timestamp_ns(b.start_time) AS VARCHAR) AS started,
       CAST(make_timestamp_ns(e.stop_time) AS VARCHAR) AS stopped, e.reason, b.gateway, b.build, b.jdk, b.source, b.live,
       coalesce(f.frames, 0) AS frames, coalesce(s.signals, 0) AS signals, e.lost_frames, e.lost_signals,
       b.configuration_sha256, b.configuration
FROM bounds b LEFT JOIN frames_of f USING (index) LEFT JOIN signals_of s USING (index) LEFT JOIN ends_of e USING (index)
ORDER BY b.index
LIMIT 50
