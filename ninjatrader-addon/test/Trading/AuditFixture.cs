using System;
using System.IO;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>A folder for an audit log, and a log in it.</summary>
    public abstract class AuditFixture
    {
        /// <summary>2024-11-22T15:00:00Z</summary>
        protected const long Now = 1732287600000000000;

        protected const long Day = 86400000000000;
        protected const long Second = 1000000000;

        protected string Folder { get; private set; }

        protected string TodaysFile => Path.Combine(Folder, "tickbridge-audit-20241122.log");

        [SetUp]
        public void Open()
        {
            Folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
        }

        [TearDown]
        public void Close()
        {
            if (Directory.Exists(Folder))
            {
                Directory.Delete(Folder, true);
            }
        }

        internal AuditLog Started()
        {
            var log = new AuditLog(Folder, 1);
            log.Start(Now);
            Assert.IsTrue(log.IsWritable, log.Failure);
            return log;
        }

        internal static void Notice(AuditLog log, long time, string text)
        {
            log.Noticed(new TradingNotice(NoticeKind.Warning, time, "Sim101", "", text));
        }
    }
}
