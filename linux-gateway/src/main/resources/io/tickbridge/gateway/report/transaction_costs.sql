-- Each order and each decision that no order came of, newest first: the first 200 rows of the view transaction_costs.
SELECT CAST(make_timestamp_ns(coalesce(order_time, decision_time, first_fill_time)) AS VARCHAR) AS ordered_at, account, mode,
       coalesce(symbol, instrument_name) AS symbol, kind, role, action, quantity, filled_quantity, state, microprice, average_price,
       slippage, slippage_ticks, fill_ratio, refused_by, client_order_id, signal_number
FROM transaction_costs
ORDER BY index DESC, signal_sequence DESC
LIMIT 200
