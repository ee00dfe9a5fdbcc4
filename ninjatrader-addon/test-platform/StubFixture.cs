using System;
using System.IO;
using System.Threading;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Stubs;

namespace Tickbridge.PlatformTest
{
    /// <summary>A platform of stubs with one simulation account and one instrument, opened and closed for each test.</summary>
    public abstract class StubFixture
    {
        protected const string AccountName = "Sim101";
        protected const string InstrumentName = "ES 12-26";
        protected const int PatienceMillis = 60000;

        protected string Folder { get; private set; }

        internal Account Account => StubPlatform.AccountOf(AccountName);

        internal Instrument Instrument => NinjaTrader.Cbi.Instrument.GetInstrument(InstrumentName);

        [SetUp]
        public void OpenPlatform()
        {
            Folder = Path.Combine(Path.GetTempPath(), "tickbridge-nt-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(Folder);
            StubPlatform.Open(Folder, AccountName, "Live1");
            StubPlatform.AddInstrument(InstrumentName, 0.25, 50);
        }

        [TearDown]
        public void ClosePlatform()
        {
            StubPlatform.Close();
            Directory.Delete(Folder, true);
            Assert.IsEmpty(StubPlatform.Escaped, "exceptions that left a handler");
            Assert.AreEqual("", StubPlatform.Subscribers.ToString(), "subscriptions that were left");
        }

        /// <summary>Waits for another thread; how long it takes says nothing.</summary>
        protected static void Eventually(Func<bool> condition, Func<string> otherwise)
        {
            if (!SpinWait.SpinUntil(condition, PatienceMillis))
            {
                Assert.Fail(otherwise());
            }
        }
    }
}
