package io.tickbridge.spark;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What orders cost, over all days of one gateway or of several: the statement that the gateway's own {@code query} runs over
 * a journal, run by Spark. Each gateway's tables lie in a directory of their own, for journal indexes are unique only there.
 */
public final class TransactionCostJob {
    private static final List<String> TABLES = List.of("orders", "executions", "risk_decisions", "signals", "signals_sent");
    private static final String STATEMENT = "/io/tickbridge/gateway/export/transaction_costs.sql";
    /** What Spark's decimals hold. */
    private static final int DIGITS = 38;

    private TransactionCostJob() {
    }

    /**
     * Runs the job.
     *
     * @param arguments where to write, then one directory of exported tables for each gateway; all as Spark reads paths
     * @throws IOException when Spark cannot be closed
     */
    public static void main(final String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("found " + arguments.length + " arguments, wanted: OUT TABLES...: where to write, "
                    + "and the directory of each gateway's exported tables, such as s3a://bucket/costs s3a://bucket/tables/chicago-1");
        }
        try (SparkSession spark = SparkSession.builder().appName("tickbridge transaction costs").getOrCreate()) {
            write(spark, arguments[0], Arrays.asList(arguments).subList(1, arguments.length));
        }
    }

    /**
     * Writes the costs of all gateways, partitioned by gateway and day; days that are there already are replaced.
     *
     * @param spark  a session
     * @param out    where to
     * @param tables directory of each gateway's exported tables; its last name becomes the gateway's
     */
    public static void write(final SparkSession spark, final String out, final List<String> tables) {
        for (final String directory : tables) {
            costs(spark, directory).withColumn("gateway", functions.lit(name(directory))).write().mode(SaveMode.Overwrite)
                    .option("partitionOverwriteMode", "dynamic").partitionBy("gateway", "date").parquet(out);
        }
    }

    private static String name(final String directory) {
        final String[] names = directory.split("/");
        return names[names.length - 1];
    }

    /**
     * What the orders of one gateway cost.
     *
     * @param spark  a session; its temporary views of the tables' names are replaced
     * @param tables directory of the gateway's exported tables
     * @return the rows and columns that EXPORT.md describes
     */
    public static Dataset<Row> costs(final SparkSession spark, final String tables) {
        // Integers as decimals without places; by BigDecimal, so that nothing rounds but this.
        spark.udf().register("rounded_quotient", (UDF2<BigDecimal, BigDecimal, BigDecimal>) (a, b) ->
                a == null || b == null ? null : a.divide(b, 0, RoundingMode.HALF_UP), DataTypes.createDecimalType(DIGITS, 0));
        TABLES.forEach(table -> spark.read().parquet(tables + "/" + table).createOrReplaceTempView(table));
        return spark.sql(statement());
    }

    private static String statement() {
        try (InputStream in = TransactionCostJob.class.getResourceAsStream(STATEMENT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new IllegalStateException("the jar of this job is damaged: " + e.getMessage(), e);
        }
    }
}
