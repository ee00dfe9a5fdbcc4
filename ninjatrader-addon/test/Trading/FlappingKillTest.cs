using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>KILL on a connection that comes and goes: a person is told, in whatever rhythm.</summary>
    [TestFixture]
    public class FlappingKillTest : LateLoadingFixture
    {
        [TestCase(2000, 2000, false)]
        [TestCase(2000, 2000, true)]
        [TestCase(200, 100, false)]
        [TestCase(200, 100, true)]
        [TestCase(4000, 9000, false)]
        [TestCase(4000, 9000, true)]
        public void AConnectionThatComesAndGoesDoesNotPutTheAlarmOff(int millisAway, int millisBack, bool staysOpen)
        {
            Long();
            if (staysOpen)
            {
                Trading.Between.Flattening = (account, instrument, goOn) => { };
                Trading.Platform.Faults.DropsRequest = request => request == OrderRequest.Submit;
            }
            Trading.Desk.Kill("the button");
            Trading.Run();
            for (long passed = 0; passed < 26 * Second; passed += (millisAway + millisBack) * Milli)
            {
                Assert.IsTrue(passed > 5 * Second || Status.Alarm == null, "it gets its time");
                Away(millisAway * Milli);
                Back();
                Trading.Pass(millisBack * Milli);
                Assert.IsFalse(Status.IsFlatVerified);
            }
            Assert.AreEqual(staysOpen ? 1 : 0, Trading.Position);
            StringAssert.Contains("Close it by hand or by telephone", Status.Alarm);
            Assert.AreEqual(1, Told("Close it by hand or by telephone"));
            Trading.Platform.Faults.DropsRequest = request => false;
            for (int i = 0; i < 60; i++)
            {
                Trading.Requote();
                Trading.Pass(Second);
            }
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Status.IsFlatVerified);
            Assert.IsNull(Status.Alarm);
        }

        [Test]
        public void OneLossOfTheConnectionWhileItClosesIsNoAlarm()
        {
            Long();
            Trading.Between.Flattening = (account, instrument, goOn) => { };
            Trading.Desk.Kill("the button");
            Trading.Run();
            Away(4 * Second);
            Trading.Between.Flattening = (account, instrument, goOn) => goOn();
            Back();
            for (int i = 0; i < 12 * 20; i++)
            {
                Trading.Pass(50 * Milli);
                Assert.IsNull(Status.Alarm);
            }
            Assert.IsTrue(Status.IsFlatVerified);
        }

        [Test]
        public void AnAccountThatIsNotKnownToHoldAnythingGetsItsTimeWheneverItIsConnected()
        {
            Trading = new TradingHarness();
            Away(0);
            Trading.Desk.Kill("the button");
            Trading.Pass(60 * Second);
            Back();
            for (int i = 0; i < 12 * 20; i++)
            {
                Trading.Pass(50 * Milli);
                Assert.IsNull(Status.Alarm);
            }
            Assert.IsTrue(Status.IsFlatVerified);
        }
    }
}
