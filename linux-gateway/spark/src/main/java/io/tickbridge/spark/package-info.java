/**
 * Jobs for Apache Spark over tables that {@code tickbridge export --to parquet} wrote, of many days and many gateways.
 *
 * <p>Knows nothing of the gateway but the layout of those tables, which {@code linux-gateway/EXPORT.md} describes, and the
 * statement of SQL that is shared with it. Runs on Spark's threads.
 */
package io.tickbridge.spark;
