using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>The console trading on its simulated account, from the gateway's frames to the audit log.</summary>
    [TestFixture]
    public class SimulatedConsoleTest
    {
        private const long Second = 1000000000;

        private ScriptedGateway gateway;
        private string folder;
        private int exitCode;
        private Thread running;

        [SetUp]
        public void Open()
        {
            gateway = new ScriptedGateway();
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            File.WriteAllText(In("key"), Hex.Format(ScriptedGateway.Key) + "\n");
        }

        [TearDown]
        public void Close()
        {
            gateway.Dispose();
            Directory.Delete(folder, true);
        }

        [Test]
        public void ASignalBecomesAnOrderAFillAndABracket()
        {
            // The frames' contract is of 2025, so it is named in full. The probe below leaves a bound of 30 s: a slow
            // machine must not make the signal too old.
            File.WriteAllLines(In("limits"), new[]
            {
                "instruments = ES 12-25", "hours.sessions = Sun-Sat 00:00-00:00", "audit.free.mb = 1",
                "limit.signal.age.ms = 60000", "limit.clock.bound.ms = 60000", "limit.quote.age.ms = 600000",
                "order.entry.timeout.ms = 0", "limit.orders.second = 10"
            });
            Start("--count", "2");
            gateway.Accept().Challenge().AcceptLogon();
            long local = AnswerProbeWithin30Seconds();
            gateway.Send(FrameBuilder.InstrumentDefinition(0), FrameBuilder.InstrumentState(0, 0, 0),
                FrameBuilder.Quote(0, 0, 4825250000000, 12),
                FrameBuilder.Signal(1, 77, local + 20 * Second, local + 20 * Second),
                FrameBuilder.Signal(2, 77, local + 20 * Second, local + 20 * Second));

            Assert.IsTrue(running.Join(20000), "the console did not end");
            string summary = File.ReadAllText(In("summary"));
            string audit = File.ReadAllText(AuditFile);
            Assert.AreEqual(0, exitCode, summary + audit);
            StringAssert.Contains("\"signalsPassed\":1,\"signalsRefused\":1,\"ordersSent\":1,\"executions\":1,", summary,
                audit);
            StringAssert.Contains("\"openPositions\":1,\"workingOrders\":2,", summary);
            StringAssert.Contains("rule=Duplicate", audit);
            StringAssert.Contains("name=TB-76543210-77-E", audit);
            StringAssert.Contains("name=TB-76543210-77-S1", audit);
            Assert.IsTrue(AuditCheck.File(AuditFile).IsWhole);
            Assert.AreEqual(0, Program.Main(new[] { "--verify-audit", AuditFile }));
            File.AppendAllText(AuditFile, "x");
            Assert.AreEqual(1, Program.Main(new[] { "--verify-audit", AuditFile }));
        }

        [Test]
        public void WithoutLimitsNothingIsAllowed()
        {
            File.WriteAllText(In("limits"), "hours.sessions = Sun-Sat 00:00-00:00\naudit.free.mb = 1\n");
            Start("--count", "1");
            gateway.Accept().Challenge().AcceptLogon();
            gateway.Send(FrameBuilder.InstrumentDefinition(0), FrameBuilder.Signal(1, 1));
            Assert.IsTrue(running.Join(20000), "the console did not end");
            StringAssert.Contains("\"signalsPassed\":0,\"signalsRefused\":1,", File.ReadAllText(In("summary")));
            StringAssert.Contains("rule=InstrumentAllowed", File.ReadAllText(AuditFile));
        }

        [Test]
        public void WrongLimitsEndAtOnceWithOneError()
        {
            File.WriteAllText(In("limits"), "limit.position = lots\n");
            Start();
            Assert.IsTrue(running.Join(20000), "the console did not end");
            Assert.AreEqual(1, exitCode);
        }

        private string AuditFile => Directory.GetFiles(In("audit"), "*.log").Single();

        private string In(string name) => Path.Combine(folder, name);

        private long AnswerProbeWithin30Seconds()
        {
            byte[] probe = gateway.ReadFrame(7);
            long t1 = BitConverter.ToInt64(probe, 40);
            gateway.Send(FrameBuilder.ClockReply(BitConverter.ToUInt64(probe, 32), t1, t1 + 30 * Second,
                t1 - 30 * Second, 0));
            return t1;
        }

        private void Start(params string[] arguments)
        {
            string[] all = ("--quiet --port " + gateway.Port + " --trade-simulated").Split(' ')
                .Concat(new[]
                {
                    "--key-file", In("key"), "--limits", In("limits"), "--audit-folder", In("audit"),
                    "--summary-json", In("summary")
                }).Concat(arguments).ToArray();
            running = new Thread(() => exitCode = Program.Main(all));
            running.Start();
        }
    }
}
