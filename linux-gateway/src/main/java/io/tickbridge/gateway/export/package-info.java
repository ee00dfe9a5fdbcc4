/**
 * A journal in forms that other programs read: pcapng, tables in CSV and Parquet, a latency log, and SQL over the tables.
 *
 * <p>{@link io.tickbridge.gateway.export.FrameExport} gives the frames back as they came, or writes a HdrHistogram log. {@link
 * io.tickbridge.gateway.export.TableExport} decodes them once more and writes a directory a table, partitioned by the UTC day
 * on which a record was journalled; {@link io.tickbridge.gateway.export.TableQuery} runs SQL over that. What the tables hold is in {@code linux-gateway/EXPORT.md}.
 *
 * <p>May depend on {@code book}, {@code config}, {@code feed}, {@code filter}, {@code inspect}, {@code journal} and {@code
 * pipeline}. Runs on the caller's thread; memory does not grow with the journal. The only package that knows DuckDB.
 */
package io.tickbridge.gateway.export;
