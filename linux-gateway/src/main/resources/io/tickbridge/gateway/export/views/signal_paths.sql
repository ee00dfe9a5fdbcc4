-- Each signal with its run, its instrument's name and tick size, and by which numbers and when the link sent it.
-- Where a run's start is damaged, run is below 0 and live null: no such number stands in runs.
WITH in_run AS (
    SELECT s.*, r.live FROM signals s LEFT JOIN runs r ON r.index = s.run
)
SELECT s.index, s.run, s.live, s.number, s.receive_time, s.exchange_time, s.rule, s.rule_name, s.venue, s.feed, s.instrument,
       coalesce(k.symbol, s.symbol) AS symbol, coalesce(s.tick, k.tick_size) AS tick_size, s.microprice, s.side, s.bid_price, s.bid_quantity, s.ask_price, s.ask_quantity, s.value,
       p.session, p.sequence, p.ready_time, p.sent_time, p.add_ons
FROM in_run s
LEFT JOIN signals_sent p ON p.run = s.run AND p.signal_index = s.index
LEFT JOIN known_instruments k ON k.venue = s.venue AND k.instrument = s.instrument
