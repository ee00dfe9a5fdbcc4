using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Tickbridge.Core.Trading;
using Tickbridge.Host;
using Tickbridge.View;

namespace Tickbridge.PlatformTest
{
    /// <summary>Whatever a person reads in the window is explained in README.md, and what README.md quotes is said.</summary>
    [TestFixture]
    public class ReadmeTest
    {
        private static readonly string Module = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(new Uri(
            typeof(ReadmeTest).Assembly.CodeBase).LocalPath), "..", ".."));

        private static readonly string Readme = File.ReadAllText(Path.Combine(Module, "README.md"));

        [Test]
        public void EveryRuleHasItsRow()
        {
            foreach (RiskRule rule in Enum.GetValues(typeof(RiskRule)).Cast<RiskRule>().Where(one => one != RiskRule.None))
            {
                Assert.IsTrue(Rows("### The rules").Any(row => row.Split('|')[1].Contains("`" + rule + "`")), rule.ToString());
            }
        }

        [Test]
        public void EveryFieldAndTableIsExplained()
        {
            ViewState state = BridgeView.Of(SampleReading.Of());
            string[] rows = Rows("### What stands in it").ToArray();
            foreach (ViewField field in state.Link.Concat(state.Trading))
            {
                Assert.IsTrue(rows.Any(row => row.Split('|')[1].Contains("**" + field.Label + "**")), field.Label);
            }
            foreach (ViewTable table in state.Tables)
            {
                Assert.IsTrue(rows.Any(row => row.StartsWith("| " + table.Title)
                    || row.Split('|')[1].Contains("**" + table.Title + "**")), table.Title);
            }
        }

        [Test]
        public void EveryFirstLineIsExplained()
        {
            string banners = File.ReadAllText(Path.Combine(Module, "src", "NinjaTrader", "View", "Banners.cs"));
            string[] rows = Rows("### The first line").ToArray();
            string[] labels = Regex.Matches(banners, "new ViewField\\(\"([^\"]+)\"").Cast<Match>()
                .Select(match => match.Groups[1].Value).Concat(new[] { "LIVE", "ARMED" }).ToArray();
            Assert.GreaterOrEqual(labels.Length, 8);
            foreach (string label in labels)
            {
                Assert.IsTrue(rows.Any(row => row.StartsWith("| **" + label + "**")), label);
            }
        }

        [Test]
        public void EveryLineOfTheConnectionFileIsExplained()
        {
            foreach (KeyValuePair<string, string> setting in ConnectionSettings.Meanings)
            {
                Assert.IsTrue(Rows("### connection.txt").Any(row => row.StartsWith("| `" + setting.Key + "` | ")
                    && row.EndsWith("| " + setting.Value + " |")), setting.Key);
            }
        }

        [TestCase("the gateway's host is not set")]
        [TestCase("refused: the machine answers, but nothing listens on that port for us")]
        [TestCase("wrong address, machine off, or a firewall")]
        [TestCase("no address is known for that name")]
        [TestCase("there is no way to that address from here")]
        [TestCase("is this port a Tickbridge gateway's?")]
        [TestCase("the gateway's certificate is not for the host ")]
        [TestCase("the gateway's certificate is not of our authority, or has expired")]
        [TestCase("the gateway did not take our certificate, or speaks no TLS")]
        [TestCase("the connection ended in the handshake (")]
        [TestCase("cannot be used, ")]
        [TestCase("its password may be wrong")]
        [TestCase("neither a certificate (.p12) nor the key ")]
        [TestCase("so what was typed is taken for a key: ")]
        [TestCase("logon refused: ")]
        [TestCase("the gateway does not hold our key")]
        [TestCase("not sealed with our key")]
        [TestCase("the gateway closed it without a word")]
        [TestCase("Not connected anew: ")]
        [TestCase("is not in accounts.")]
        [TestCase("the platform's connection for orders of ")]
        [TestCase("that is not of this run")]
        [TestCase("NOT JOURNALLED, see Reports")]
        [TestCase(", not connected: close by hand what is open there")]
        [TestCase(": close by hand there")]
        [TestCase("neither ")]
        [TestCase("Tickbridge: no trusted book")]
        public void WhatIsQuotedIsSaid(string words)
        {
            StringAssert.Contains(words, Readme);
            Assert.IsTrue(Directory.GetFiles(Path.Combine(Module, "src"), "*.cs", SearchOption.AllDirectories)
                .Any(file => File.ReadAllText(file).Contains(words)), "no source says it");
        }

        /// <summary>Rows of the tables below a heading, without heads and rules.</summary>
        private static IEnumerable<string> Rows(string heading)
        {
            int start = Readme.IndexOf("\n" + heading + "\n", StringComparison.Ordinal);
            Assert.GreaterOrEqual(start, 0, heading);
            int end = Readme.IndexOf("\n#", start + 1 + heading.Length, StringComparison.Ordinal);
            return Readme.Substring(start, end - start).Split('\n').Where(line => line.StartsWith("| "));
        }
    }
}
