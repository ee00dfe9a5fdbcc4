-- Each order, and each decision that passed and came to none, newest first: the first 200 rows of the view transaction_costs.
SELECT CAST(make_timestamp_ns(coalesce(order_time, decision_time, first_fill_time)) AS VARCHAR) AS ordered_at, account, mode,
       coalesce(symbol, instrument_name) AS symbol, kind, role, action, quantity, filled_quantity, state, microprice, average_price,
       slippage, slippage_ticks, stop_price, stop_slippage, stop_slippage_ticks, commission, executions, fill_ratio, client_order_id,
       signal_number, count(*) OVER () AS of_all
FROM transaction_costs
WHERE state <> 'REFUSED'
ORDER BY index DESC, signal_sequence DESC
LIMIT 200
