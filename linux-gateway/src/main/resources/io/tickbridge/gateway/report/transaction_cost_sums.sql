SELECT 1 AS nothing WHERE false
