using System.Threading;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>A clock that stands still until a test moves it.</summary>
    public sealed class FakeClock : IClock
    {
        private long now = 1732287600000000000;

        public long Now => Interlocked.Read(ref now);

        public void Advance(long nanos)
        {
            Interlocked.Add(ref now, nanos);
        }
    }
}
