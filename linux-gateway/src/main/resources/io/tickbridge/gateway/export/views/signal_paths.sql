-- Each signal with its run, its instrument's name and tick size, and by which numbers and when the link sent it.
-- By the signal's index: where a run's start is damaged, its numbers stand a second time in what seems the run before.
WITH in_run AS (
    SELECT s.*, r.index AS run, r.live FROM signals s ASOF JOIN runs r ON s.index >= r.index
)
SELECT s.index, s.run, s.live, s.number, s.receive_time, s.exchange_time, s.rule, s.rule_name, s.venue, s.feed, s.instrument,
       coalesce(k.symbol, s.symbol) AS symbol, coalesce(s.tick, k.tick_size) AS tick_size, s.microprice, s.side, s.bid_price, s.bid_quantity, s.ask_price, s.ask_quantity, s.value,
       p.session, p.sequence, p.ready_time, p.sent_time, p.add_ons
FROM in_run s
LEFT JOIN signals_sent p ON p.signal_index = s.index
LEFT JOIN known_instruments k ON k.venue = s.venue AND k.instrument = s.instrument
