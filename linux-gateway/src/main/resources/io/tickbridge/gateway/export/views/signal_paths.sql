-- Each signal with its run, its instrument's name and tick size, and by which numbers and when the link sent it.
WITH sent AS (
    SELECT r.index AS run, t.number, t.session, t.sequence, t.ready_time, t.sent_time, t.add_ons
    FROM signals_sent t ASOF JOIN runs r ON t.index >= r.index
), in_run AS (
    SELECT s.*, r.index AS run, r.live FROM signals s ASOF JOIN runs r ON s.index >= r.index
)
SELECT s.index, s.run, s.live, s.number, s.receive_time, s.exchange_time, s.rule, s.rule_name, s.venue, s.instrument,
       coalesce(k.symbol, s.symbol) AS symbol, coalesce(s.tick, k.tick_size) AS tick_size, s.microprice, s.side, s.bid_price, s.bid_quantity, s.ask_price, s.ask_quantity, s.value,
       p.session, p.sequence, p.ready_time, p.sent_time, p.add_ons
FROM in_run s
LEFT JOIN sent p ON p.run = s.run AND p.number = s.number
LEFT JOIN known_instruments k ON k.venue = s.venue AND k.instrument = s.instrument
