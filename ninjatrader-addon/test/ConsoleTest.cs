using System;
using System.IO;
using System.Text;
using System.Threading;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>The console host from its command line to its exit code, against a scripted gateway.</summary>
    [TestFixture]
    public class ConsoleTest
    {
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
        public void EndsAfterCountWithBodiesSummaryAndStatus()
        {
            Start("--count", "2", "--quiet", "--bodies", In("bodies"), "--summary-json", In("summary"), "--status-file",
                In("status"));
            byte[] first = FrameBuilder.Signal(1, 1);
            byte[] second = FrameBuilder.Signal(2, 2);
            gateway.Accept().Challenge().AcceptLogon().Send(first, second, FrameBuilder.Signal(3, 3));

            Assert.AreEqual(0, Exit());
            Assert.AreEqual(Body(first) + "\n" + Body(second) + "\n", File.ReadAllText(In("bodies")));
            string summary = File.ReadAllText(In("summary"));
            StringAssert.Contains("\"signalsPrinted\":2,", summary);
            StringAssert.Contains("\"holes\":0,", summary);
            StringAssert.Contains("\"failure\":null,", summary);
            StringAssert.Contains("\"clockOffset\":null,", summary);
            StringAssert.Contains("\"signalsPerSecond\":", File.ReadAllText(In("status")));
            Assert.IsFalse(File.Exists(In("status.new")));
        }

        [Test]
        public void FailsWhenTheGatewayDoesNotKnowTheKey()
        {
            Start("--quiet", "--summary-json", In("summary"));
            gateway.Accept().Challenge().Send(FrameBuilder.LogonRejected(1, "the key of console does not fit"));

            Assert.AreEqual(1, Exit());
            StringAssert.Contains("AuthenticationFailed: the key of console does not fit",
                File.ReadAllText(In("summary")));
        }

        [Test]
        public void FailsWhenTheGatewayDoesNotHoldTheKey()
        {
            Start("--quiet");
            gateway.Accept().Challenge();
            gateway.Send(gateway.WrongAcceptance());

            Assert.AreEqual(1, Exit());
        }

        [Test]
        public void FailsWhenFramesAreMissing()
        {
            Start("--quiet", "--count", "1", "--summary-json", In("summary"));
            gateway.Accept().Challenge().AcceptLogon().Send(FrameBuilder.Signal(3, 3));

            Assert.AreEqual(1, Exit());
            StringAssert.Contains("2 frames missing", File.ReadAllText(In("summary")));
        }

        [Test]
        public void FailsWhenAFileCannotBeWritten()
        {
            Start("--bodies", Path.Combine(folder, "no", "such", "folder"));

            Assert.AreEqual(1, Exit());
        }

        [TestCase("63 hexadecimal digits and a half")]
        [TestCase("")]
        public void FailsWithoutAKey(string key)
        {
            File.WriteAllText(In("key"), key);
            Start();

            Assert.AreEqual(1, Exit());
        }

        [TestCase("--port 1")]
        [TestCase("--key-file x")]
        [TestCase("--port 0 --key-file x")]
        [TestCase("--port 65536 --key-file x")]
        [TestCase("--port -5 --key-file x")]
        [TestCase("--port 1 --key-file x --idle sleep")]
        [TestCase("--port 1 --key-file x --count")]
        [TestCase("--port 1 --key-file x --count many")]
        [TestCase("--port 1 --key-file x --loud")]
        [TestCase("--port 1 --key-file KEY --name 123456789012345678901234567890123")]
        public void WrongUsageIsTwo(string arguments)
        {
            Assert.AreEqual(2, Program.Main(arguments.Replace("KEY", In("key")).Split(' ')));
        }

        [Test]
        public void ASignalIsOneLine()
        {
            var line = new MessageLine(new LinkClient(
                new LinkOptions { Port = 1, Key = ScriptedGateway.Key }, new RecordingListener()));
            var signal = new Signal();
            signal.Wrap(FrameBuilder.Signal(1, 77), 0, 0);

            Assert.AreEqual("77 2024-11-22T15:00:00.000000123Z rule-2 42003054 BUY 12@4825.25/4825.5@3 -850000 ?",
                line.Of(signal).ToString());
        }

        [TestCase(0L, "1970-01-01T00:00:00.000000000Z")]
        [TestCase(-1L, "1969-12-31T23:59:59.999999999Z")]
        [TestCase(1732287600000000123L, "2024-11-22T15:00:00.000000123Z")]
        [TestCase(long.MaxValue, "2262-04-11T23:47:16.854775807Z")]
        [TestCase(long.MinValue, "1677-09-21T00:12:43.145224192Z")]
        public void TimesAreUtcToTheNanosecond(long time, string expected)
        {
            Assert.AreEqual(expected, new UtcTime().Append(new StringBuilder(), time).ToString());
        }

        [Test]
        public void JsonIsEscaped()
        {
            Assert.AreEqual("{\"a\":\"say \\\"no\\\" \\\\ \\u000a\",\"b\":null,\"c\":1.5,\"d\":{\"e\":true}}",
                new JsonObject().Add("a", "say \"no\" \\ \n").Add("b", (long?)null).Add("c", 1.5)
                    .Add("d", new JsonObject().Add("e", true)).ToString());
        }

        private string In(string name) => Path.Combine(folder, name);

        private void Start(params string[] arguments)
        {
            string common = "--port " + gateway.Port + " --key-file " + In("key");
            var all = new string[arguments.Length + 4];
            common.Split(' ').CopyTo(all, 0);
            arguments.CopyTo(all, 4);
            running = new Thread(() => exitCode = Program.Main(all));
            running.Start();
        }

        private int Exit()
        {
            Assert.IsTrue(running.Join(20000), "the console did not end");
            return exitCode;
        }

        private static string Body(byte[] frame)
        {
            var body = new byte[64];
            Buffer.BlockCopy(frame, 32, body, 0, 64);
            return Hex.Format(body);
        }
    }
}
