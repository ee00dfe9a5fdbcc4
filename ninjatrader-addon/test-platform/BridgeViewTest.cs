using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Host;
using Tickbridge.Stubs;
using Tickbridge.View;
using Mode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.PlatformTest
{
    /// <summary>What the window shows of what is.</summary>
    [TestFixture]
    public class BridgeViewTest : StubFixture
    {
        [Test]
        public void TheBannerNamesTheWorst()
        {
            BridgeReading reading = SampleReading.Of();
            Assert.AreEqual("ARMED", BridgeView.Of(reading).Banner.Label);
            reading.Trading.Mode = Mode.Live;
            Assert.AreEqual("LIVE", BridgeView.Of(reading).Banner.Label);
            Assert.AreEqual(Tone.Bad, BridgeView.Of(reading).Banner.Tone);
            reading.Reports = new ReportCounts(0, 5, 1, 0, 0);
            Assert.AreEqual("LIVE", BridgeView.Of(reading).Banner.Label, "a lost report hides nothing");
            Assert.AreEqual("signals trade on Sim101; NOT JOURNALLED, see Reports", BridgeView.Of(reading).Banner.Value);
            reading.IsConnected = false;
            reading.Connection = "gateway 10.0.0.5:7411: refused";
            Assert.AreEqual("No link", BridgeView.Of(reading).Banner.Label);
            Assert.AreEqual("gateway 10.0.0.5:7411: refused; still armed LIVE on Sim101",
                BridgeView.Of(reading).Banner.Value);
            Assert.AreEqual("Tickbridge (no link)", BridgeView.Of(reading).Header);
            reading.Trading.IsKilled = true;
            reading.Trading.KillReason = "loss of the day";
            reading.Trading.Reached = "ES, NQ on Sim101";
            Assert.AreEqual("loss of the day; closing what is open in ES, NQ on Sim101", BridgeView.Of(reading).Banner.Value);
            reading.Trading.NotLookedAt = new[] { "Live1" };
            Assert.AreEqual("loss of the day; not known of Live1, not connected: close by hand what is open there; closing "
                + "what is open in ES, NQ on Sim101", BridgeView.Of(reading).Banner.Value);
            reading.Trading.Reached = "";
            Assert.AreEqual("loss of the day; not known of Live1, not connected: close by hand what is open there",
                BridgeView.Of(reading).Banner.Value, "nothing is being closed");
            reading.Trading.Reached = "ES, NQ on Sim101";
            reading.Trading.NotLookedAt = new string[0];
            reading.Trading.IsFlatVerified = true;
            Assert.AreEqual("loss of the day; flat in ES, NQ on Sim101", BridgeView.Of(reading).Banner.Value);
            reading.Trading.NotLookedAt = new[] { "Live1" };
            StringAssert.EndsWith("flat in ES, NQ on Sim101 but not known of Live1, not connected",
                BridgeView.Of(reading).Banner.Value);
            reading.Trading.Alarm = "a position stays open";
            Assert.AreEqual("ALARM", BridgeView.Of(reading).Banner.Label);
            StringAssert.Contains("a position stays open; killed, flat in ES, NQ on Sim101 but not known of Live1",
                BridgeView.Of(reading).Banner.Value);
            reading.Failure = "limits.txt line 3";
            reading.Trading = null;
            Assert.AreEqual("Not running", BridgeView.Of(reading).Banner.Label);
            reading.IsKillWaiting = true;
            Assert.AreEqual("limits.txt line 3; KILL is done as soon as it runs", BridgeView.Of(reading).Banner.Value);
        }

        [Test]
        public void WhoMayOnlyViewSeesADryRunAndWhatIsMissing()
        {
            BridgeReading reading = SampleReading.DryRun();
            reading.Rights = PeerRights.View;
            reading.Reports = new ReportCounts(0, 0, 4, 0, 0);
            ViewState state = BridgeView.Of(reading);
            Assert.AreEqual("Dry run", state.Banner.Label);
            Assert.AreEqual("every signal is judged, nothing is sent", state.Banner.Value);
            Assert.AreEqual(Tone.Good, state.Banner.Tone);
            Assert.AreEqual("view: reports are not taken", Value(state, "Rights"));
            reading.Reports = new ReportCounts(0, 0, 4, 0, 1);
            StringAssert.EndsWith("NOT JOURNALLED, see Reports", BridgeView.Of(reading).Banner.Value);
            reading.Reports = new ReportCounts(0, 0, 4, 0, 0);
            reading.Trading.Mode = Mode.Simulation;
            StringAssert.EndsWith("NOT JOURNALLED, see Reports", BridgeView.Of(reading).Banner.Value);
        }

        [TestCase(Market.Live, "live", Tone.Plain)]
        [TestCase(Market.Recorded, "recording", Tone.Caution)]
        [TestCase(Market.Simulated, "simulated", Tone.Caution)]
        [TestCase(Market.NotStated, "not stated", Tone.Caution)]
        [TestCase((Market)9, "not stated", Tone.Caution)]
        public void WhatTheGatewaySaysOfItsMarketIsSeenBeforeArming(Market market, string shown, Tone tone)
        {
            BridgeReading reading = SampleReading.DryRun();
            reading.Market = market;
            ViewField field = BridgeView.Of(reading).Link.Single(one => one.Label == "Market");
            Assert.AreEqual(shown, field.Value);
            Assert.AreEqual(tone, field.Tone);
            reading.IsConnected = false;
            Assert.AreEqual("", Value(BridgeView.Of(reading), "Market"));
        }

        [Test]
        public void DisarmedIsNoDryRun()
        {
            BridgeReading reading = SampleReading.Of();
            reading.Trading.IsArmed = false;
            reading.Trading.Unfinished = "Sim101 ES 12-26";
            ViewState state = BridgeView.Of(reading);
            Assert.AreEqual("Disarmed", state.Banner.Label);
            Assert.AreEqual("signals are refused; stops and targets of Sim101 stay; open: Sim101 ES 12-26",
                state.Banner.Value);
        }

        [Test]
        public void WhoComesLateReadsWhenAndWhyItWasDisarmed()
        {
            BridgeReading reading = SampleReading.Of();
            reading.Trading.IsArmed = false;
            reading.Trading.DisarmReason = "the last Tickbridge window was closed";
            reading.Trading.DisarmedAt = SampleReading.Now - 12000000000;
            ViewState state = BridgeView.Of(reading);
            Assert.AreEqual("14:59:48 UTC: the last Tickbridge window was closed; signals are refused; stops and targets of "
                + "Sim101 stay", state.Banner.Value);
            Assert.AreEqual("no, disarmed 14:59:48 UTC: the last Tickbridge window was closed", Value(state, "Armed"));
            reading.IsConnected = false;
            reading.Connection = "cut";
            Assert.AreEqual("cut; disarmed 14:59:48 UTC: the last Tickbridge window was closed",
                BridgeView.Of(reading).Banner.Value, "No link outranks it and leaves it standing");
            reading.IsConnected = true;
            reading.Trading.Mode = Mode.DryRun;
            Assert.AreEqual("no, disarmed 14:59:48 UTC: the last Tickbridge window was closed",
                Value(BridgeView.Of(reading), "Armed"), "until armed again");
        }

        [Test]
        public void WhatAnEarlierRunLeftOpenMakesNoGreenDryRun()
        {
            BridgeReading reading = SampleReading.DryRun();
            Assert.AreEqual(Tone.Good, BridgeView.Of(reading).Banner.Tone);
            reading.Trading.LeftOpen = new[] { "Sim101 ES 12-26" };
            ViewField banner = BridgeView.Of(reading).Banner;
            Assert.AreEqual("Dry run", banner.Label);
            Assert.AreEqual("every signal is judged, nothing is sent; open from before: Sim101 ES 12-26, its stop stays",
                banner.Value);
            Assert.AreEqual(Tone.Caution, banner.Tone);
            reading.IsConnected = false;
            reading.Connection = "cut";
            reading.Trading.LeftOpen = new[] { "Sim101 ES 12-26", "Live1 NQ 12-26" };
            Assert.AreEqual("cut; open from before: Sim101 ES 12-26, Live1 NQ 12-26, their stops stay",
                BridgeView.Of(reading).Banner.Value);
        }

        [Test]
        public void EachWayThatSignalsWentIsCountedAndKeepsItsLast()
        {
            ViewState state = BridgeView.Of(SampleReading.Of());
            CollectionAssert.AreEqual(new[] { "7 sent", "310 refused by SignalSide", "72 refused by InstrumentAllowed",
                "14 refused by FeedHealth", "8 refused by ClockBound", "1 refused by SignalAge" },
                state.Decisions.Rows.Select(row => row.C1 + " " + row.C2));
            Assert.AreEqual("412 ES 12-26 Buy", state.Decisions.Rows[0].C3);
            Assert.AreEqual("407 ES 12-26", state.Decisions.Rows[1].C3, "it has no side");
            StringAssert.StartsWith("neither RTY nor RTY 12-26 is in instruments", state.Decisions.Rows[2].C4);
            CollectionAssert.AreEqual(new[] { Tone.Good, Tone.Plain, Tone.Plain, Tone.Caution, Tone.Caution, Tone.Caution },
                state.Decisions.Rows.Select(row => row.Tone), "what a person chose wants no look");
            Assert.IsEmpty(BridgeView.Of(new BridgeReading()).Decisions.Rows);
        }

        [Test]
        public void ACertificateIsRenewedBeforeItExpires()
        {
            BridgeReading reading = SampleReading.Of();
            Assert.AreEqual("desk, until 2027-11-22", Value(BridgeView.Of(reading), "Certificate"));
            foreach (var expected in new[] { Tuple.Create(31, Tone.Plain), Tuple.Create(29, Tone.Caution),
                Tuple.Create(-1, Tone.Bad) })
            {
                reading.CertificateEnd = new DateTime(1970, 1, 1).AddTicks(SampleReading.Now / 100)
                    .AddDays(expected.Item1);
                Assert.AreEqual(expected.Item2, BridgeView.Of(reading).Link.Single(
                    field => field.Label == "Certificate").Tone);
            }
            reading.Certificate = "";
            Assert.AreEqual("none, a key", Value(BridgeView.Of(reading), "Certificate"));
        }

        [Test]
        public void OtherAccountsThoughAsManyAreOffered()
        {
            string[] names = { "Sim101", "Old" };
            var bridge = new Bridge(Path.Combine(Folder, "Tickbridge"), () => new NinjaPlatform.NinjaPlatform(new LocalClock()));
            StubThreads.Ui.Invoke(() =>
            {
                var page = new Tickbridge.Gui.PageContent(new BridgeView(bridge, () => names));
                names = new[] { "Sim101", "New" };
                page.Show();
                CollectionAssert.AreEqual(names, WindowContent.Find<System.Windows.Controls.ComboBox>(
                    new System.Windows.Window { Content = page.Root }, "TickbridgeAccount").Items);
            });
        }

        [Test]
        public void ButtonsCanBePressedWhenTheyDoSomething()
        {
            BridgeReading reading = SampleReading.Of();
            ViewState armed = BridgeView.Of(reading);
            Assert.AreEqual("FTTF", Buttons(armed));
            reading.Trading.IsArmed = false;
            Assert.AreEqual("TTTF", Buttons(BridgeView.Of(reading)), "disarmed by itself: Disarm goes on to the dry run");
            reading.Trading.Mode = Mode.DryRun;
            Assert.AreEqual("TFTF", Buttons(BridgeView.Of(reading)));
            reading.IsConnected = false;
            Assert.AreEqual("FFTF", Buttons(BridgeView.Of(reading)), "the kill button needs no link");
            reading.Trading.IsKilled = true;
            Assert.AreEqual("FFTF", Buttons(BridgeView.Of(reading)));
            reading.Trading.IsFlatVerified = true;
            Assert.AreEqual("FFTT", Buttons(BridgeView.Of(reading)));
            reading.Trading = null;
            Assert.AreEqual("FFTF", Buttons(BridgeView.Of(reading)), "nothing keeps a person from the kill button");
        }

        [Test]
        public void AgesAndClocksStandWithTheirBounds()
        {
            ViewState state = BridgeView.Of(SampleReading.Of());
            Assert.AreEqual("73.6 ± 9.3 µs", state.Signals.Rows[0].C6);
            Assert.AreEqual("812.0 ms ± 9.3 µs, too late", state.Signals.Rows[1].C6);
            Assert.AreEqual("1.5 ms ± 9.3 µs", Value(state, "Clock offset"));
            StringAssert.StartsWith("median 61.0 ± 9.3 µs, 99 % below 118.0 µs", Value(state, "One-way delay"));
            Assert.AreEqual("?, resumed", state.Signals.Rows[2].C6, "the clocks were not compared again yet");
        }

        [Test]
        public void LimitsNearTheirEndAreShownSo()
        {
            BridgeReading reading = SampleReading.Of();
            reading.Trading.Limits = new[]
            {
                new LimitUse("a", 79.9, 100, "x"), new LimitUse("b", 80, 100, "x"), new LimitUse("c", 100, 100, "x"),
                new LimitUse("d", 100.1, 100, "x"), new LimitUse("limit.order.quantity", 1, 1, "x")
            };
            CollectionAssert.AreEqual(new[] { Tone.Plain, Tone.Caution, Tone.Caution, Tone.Bad, Tone.Plain },
                BridgeView.Of(reading).Limits.Rows.Select(row => row.Tone));
        }

        [Test]
        public void ABookThatIsNotTrustedSaysWhyAndOneWithoutANameToo()
        {
            ViewState state = BridgeView.Of(SampleReading.Of());
            Assert.AreEqual("trusted", state.Books.Rows[0].C2);
            Assert.AreEqual("4825.45", state.Books.Rows[0].C4, "(4825.25 x 3 + 4825.5 x 12) / 15");
            Assert.AreEqual("0.60", state.Books.Rows[0].C5);
            Assert.AreEqual("SequenceGap", state.Books.Rows[1].C2);
            Assert.AreEqual(Tone.Bad, state.Books.Rows[1].Tone);
            Assert.AreEqual("no name", state.Books.Rows[2].C1);
            Assert.AreEqual("not known", state.Books.Rows[2].C2);
        }

        [Test]
        public void NothingIsShownAnewUntilRefreshed()
        {
            var bridge = new Bridge(Path.Combine(Folder, "Tickbridge"),
                () => new NinjaPlatform.NinjaPlatform(new LocalClock()));
            var view = new BridgeView(bridge, () => new string[0]);
            ViewState before = view.State;
            for (int i = 0; i < 1000; i++)
            {
                bridge.Log.Add(Weight.Information, "event " + i);
            }
            Assert.AreSame(before, view.State);
            view.Refresh();
            Assert.AreEqual(200, view.State.Log.Rows.Count);
            Assert.AreEqual("event 999", view.State.Log.Rows[0].C1);
            Assert.IsTrue(bridge.Stop());
        }

        [Test]
        public void AKillThatFoundNothingTradedOnCanBeReleasedAndSaysNothingOfFlat()
        {
            BridgeReading reading = SampleReading.Of();
            reading.Trading.IsKilled = true;
            reading.Trading.HasNothingToFlatten = true;
            Assert.IsTrue(BridgeView.Of(reading).CanClearKill);
            StringAssert.Contains("nothing was traded on", BridgeView.Of(reading).Banner.Value);
            StringAssert.Contains("nothing was traded on", Value(BridgeView.Of(reading), "Kill switch"));
            reading.Trading.Reach = "";
            Assert.AreEqual("KILLED", BridgeView.Of(reading).Banner.Label);
            StringAssert.EndsWith("nothing is in instruments of limits.txt, so nothing was closed or looked at",
                BridgeView.Of(reading).Banner.Value);
            reading.Trading.HasNothingToFlatten = false;
            reading.Trading.IsFlatVerified = true;
            StringAssert.EndsWith("; an earlier run saw it flat", BridgeView.Of(reading).Banner.Value);
            reading.Trading.IsFlatVerified = false;
            reading.Trading.OpenSince = new[] { "Sim101", "Live1" };
            StringAssert.EndsWith("; flat when an earlier run ended; not looked at since, or open again: Sim101, Live1; press "
                + "KILL to close what is open there", BridgeView.Of(reading).Banner.Value);
        }

        [Test]
        public void TwoInstrumentsOfTheGatewayNeverShareAName()
        {
            var books = new BookBoard();
            Assert.IsNull(books.Define(Venue.Cme, 1, "ESZ6", "ES 12-26"));
            Assert.IsNull(books.Define(Venue.Cme, 1, "ESZ6", "ES 12-26"), "defined anew");
            StringAssert.Contains("ESZ6", books.Define(Venue.Cme, 2, "ESZ6-OTHER", "ES 12-26"));
            CollectionAssert.AreEqual(new[] { "ES 12-26", "" }, books.All().Select(book => book.Instrument),
                "the first keeps the name");
        }

        [Test]
        public void AWrongKeyPortOrLimitIsSaidAndNothingRuns()
        {
            string folder = Path.Combine(Folder, "Tickbridge");
            var bridge = new Bridge(folder, () => new NinjaPlatform.NinjaPlatform(new LocalClock()));
            bridge.Start();
            StringAssert.Contains("host is not set", bridge.Failure);
            Assert.IsTrue(File.Exists(Path.Combine(folder, "limits.txt")), "a file to begin with");
            var view = new BridgeView(bridge, () => new string[0]) { Host = "10.0.0.5", Port = "74110" };
            view.Connect();
            Assert.IsTrue(view.Connecting.Wait(PatienceMillis));
            view.Refresh();
            StringAssert.Contains("1 to 65535", view.State.Log.Rows[0].C1);
            StringAssert.Contains("1 to 65535", view.State.Banner.Value, "not the host, which was typed");
            StringAssert.Contains("1 to 65535", view.State.Answer.Value, "beside the button");
            Assert.AreEqual("not set", Value(view.State, "Gateway"), "what was refused is not shown as if it held");
            view.Port = "7411";
            view.Key = "abc";
            view.Connect();
            Assert.IsTrue(view.Connecting.Wait(PatienceMillis));
            view.Refresh();
            StringAssert.Contains("64 hexadecimal digits", view.State.Log.Rows[0].C1);
            StringAssert.Contains("there is no certificate (.p12) in " + folder, view.State.Answer.Value);
            Assert.AreEqual("abc", view.Key, "to be mended, not typed again");
            StringAssert.Contains("neither a certificate (.p12) nor the key link.key", bridge.Connect("10.0.0.5", "7411", ""));
            File.WriteAllText(Path.Combine(folder, "link.key"), new string('a', 64));
            File.AppendAllText(Path.Combine(folder, "limits.txt"), "limit.position = many\n");
            view.Key = "";
            view.Connect();
            Assert.IsTrue(view.Connecting.Wait(PatienceMillis));
            view.Refresh();
            StringAssert.Contains("limits.txt", view.State.Banner.Value);
            bridge.Kill();
            view.Refresh();
            StringAssert.Contains("until then close by hand", view.State.Answer.Value);
            StringAssert.EndsWith("KILL is done as soon as it runs", view.State.Banner.Value);
            bridge.Arm(Mode.Simulation, "Sim101", "");
            StringAssert.Contains("does not run", bridge.Read().Log[0].Text);
            Assert.IsTrue(bridge.Stop());
        }

        [Test]
        public void ACertificateInTheFolderIsTakenAndItsPasswordTyped()
        {
            string folder = Path.Combine(Folder, "Tickbridge");
            var bridge = new Bridge(folder, () => new NinjaPlatform.NinjaPlatform(new LocalClock()));
            bridge.Start();
            File.WriteAllText(Path.Combine(folder, "desk.p12"), "no certificate");
            StringAssert.Contains("there is no " + Path.Combine(folder, "ca.pem"), bridge.Connect("10.0.0.5", "7411", "secret"));
            File.WriteAllText(Path.Combine(folder, "ca.pem"), "no certificate");
            StringAssert.Contains("desk.p12: cannot be used, its password", bridge.Connect("10.0.0.5", "7411", ""));
            string path = Path.Combine(folder, "connection.txt");
            Assert.AreEqual(" secret", ConnectionSettings.Read(path).TlsBundle + " " + ConnectionSettings.Read(path).TlsPassword);
            File.Move(Path.Combine(folder, "desk.p12"), Path.Combine(folder, "other.p12"));
            StringAssert.Contains("other.p12", bridge.Connect("10.0.0.5", "7411", ""));
            File.WriteAllText(path, File.ReadAllText(path).Replace("tls.bundle = ", "tls.bundle = desk.p12"));
            StringAssert.Contains("there is no", bridge.Connect("10.0.0.5", "7411", ""));
            File.WriteAllText(path, File.ReadAllText(path).Replace("tls.bundle = desk.p12", "tls.bundle = "));
            StringAssert.Contains("other.p12", bridge.Connect("10.0.0.5", "7411", ""), "what the message says to do does it");
            File.WriteAllText(Path.Combine(folder, "third.p12"), "");
            StringAssert.Contains("2 certificates", bridge.Connect("10.0.0.5", "7411", ""));
            Assert.IsTrue(bridge.Stop());
        }

        [Test]
        public void WhatIsEditedInTheFileWhileItRunsCountsWithTheNextConnect()
        {
            string folder = Path.Combine(Folder, "Tickbridge");
            string path = Path.Combine(folder, "connection.txt");
            var bridge = new Bridge(folder, () => new NinjaPlatform.NinjaPlatform(new LocalClock()));
            bridge.Start();
            File.WriteAllText(path, File.ReadAllText(path).Replace("name = ninjatrader", "name = desk")
                .Replace("idle = block", "idle = yield"));
            Assert.IsNull(bridge.Connect("127.0.0.1", "1", new string('a', 64)));
            Assert.AreEqual("desk Yield 127.0.0.1", bridge.Connection.Name + " " + bridge.Connection.Idle + " "
                + bridge.Connection.Host);
            Assert.AreEqual("desk", ConnectionSettings.Read(path).Name);
            StringAssert.Contains("Connecting to 127.0.0.1:1", bridge.Read().Answer.Text);
            File.AppendAllText(path, "nome = desk\n");
            StringAssert.Contains("'nome' is no setting", bridge.Connect("127.0.0.1", "1", ""));
            Assert.IsNull(bridge.Failure, "what runs goes on");
            Assert.IsTrue(bridge.Stop());
            bridge.Kill();
            StringAssert.Contains("KILL does nothing in this window", bridge.Read().Answer.Text);
        }

        [Test]
        public void ConnectionFilesAreReadAsWrittenAndWrongOnesRefusedByLine()
        {
            string path = Path.Combine(Folder, "connection.txt");
            new ConnectionSettings { Host = "gw", Port = 9, Name = "desk", Idle = IdleMode.Spin, TlsBundle = "a.p12" }
                .Write(path);
            ConnectionSettings read = ConnectionSettings.Read(path);
            Assert.AreEqual("gw 9 desk Spin link.key a.p12 ca.pem", read.Host + " " + read.Port + " " + read.Name + " "
                + read.Idle + " " + read.KeyFile + " " + read.TlsBundle + " " + read.TlsAuthority);
            foreach (string wrong in new[] { "hosts = a", "port = 0", "idle = never", "host = a\nhost = b", "host" })
            {
                File.WriteAllText(path, wrong);
                FormatException refused = Assert.Throws<FormatException>(() => ConnectionSettings.Read(path), wrong);
                StringAssert.Contains("connection.txt line " + wrong.Split('\n').Length, refused.Message);
            }
        }

        private static string Buttons(ViewState state) => string.Concat(new[]
            { state.CanArm, state.CanDisarm, state.CanKill, state.CanClearKill }.Select(can => can ? "T" : "F"));

        private static string Value(ViewState state, string label) =>
            state.Link.Concat(state.Trading).Single(field => field.Label == label).Value;
    }
}
