-- Each instrument once, by what was known of it last; a tick size that was known once stays known.
SELECT venue, instrument,
       arg_max(symbol, index * 2 + CAST(tick_size IS NOT NULL AS BIGINT)) AS symbol,
       arg_max(tick_size, index) FILTER (WHERE tick_size IS NOT NULL) AS tick_size
FROM instruments
GROUP BY venue, instrument
