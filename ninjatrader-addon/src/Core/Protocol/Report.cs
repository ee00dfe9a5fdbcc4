namespace Tickbridge.Core
{
    /// <summary>
    /// What the add-on tells the gateway about its trading: plain values, set by whoever reports, read once by
    /// TradeReporter.Report. May be used again afterwards. SPECIFICATION.md section 6a.
    /// </summary>
    public abstract class Report
    {
        internal abstract ushort Template { get; }

        /// <summary>Bytes of the block.</summary>
        internal abstract int Length { get; }

        /// <summary>Writes every field but stream, which is the reporter's, into a block of zeros.</summary>
        internal abstract void Encode(byte[] buffer, int block);
    }
}
