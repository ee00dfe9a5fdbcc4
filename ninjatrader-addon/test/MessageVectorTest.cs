using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using Tickbridge.Core;

namespace Tickbridge.Test
{
    /// <summary>
    /// Every message of messages.txt and frames.txt, decoded to its fields and, if the add-on sends it, encoded.
    /// </summary>
    [TestFixture]
    public class MessageVectorTest
    {
        // What a message shows beyond the fields of its block.
        private static readonly string[] NotFields = { "IsUnderstood", "IsResumed", "Timeliness" };

        private static readonly string[] SentByAddOn = { "Logon", "Logout", "Heartbeat", "ClockProbe", "ReportStream" };

        private static readonly string[] Reports = { "OrderEvent", "ExecutionEvent", "PositionEvent", "RiskDecision" };

        private static readonly string[] SentOnlyByAddOn = { "Logon", "ClockProbe", "ReportStream" };

        private static IEnumerable<Vector> Messages => VectorFile.Read("messages.txt");

        private static IEnumerable<Vector> Decoded => Messages.Where(v => !IsSentOnlyByAddOn(v));

        private static IEnumerable<Vector> Reported => Messages.Where(v => Reports.Contains(v["message"]));

        private static bool IsSentOnlyByAddOn(Vector vector) =>
            SentOnlyByAddOn.Contains(vector["message"]) || Reports.Contains(vector["message"]);

        private static IEnumerable<Vector> Encoded => Messages.Where(v => SentByAddOn.Contains(v["message"]));

        private static IEnumerable<Vector> Frames => VectorFile.Read("frames.txt");

        [TestCaseSource("Messages")]
        public void TheHeaderDecodes(Vector vector)
        {
            byte[] bytes = vector.Bytes();

            Assert.AreEqual(vector["header.frameLength"], FrameHeader.FrameLength(bytes, 0).ToString());
            Assert.AreEqual(bytes.Length, FrameHeader.FrameLength(bytes, 0));
            Assert.AreEqual(vector["header.blockLength"], FrameHeader.BlockLength(bytes, 0).ToString());
            Assert.AreEqual(vector["header.templateId"], FrameHeader.TemplateIdOf(bytes, 0).ToString());
            Assert.AreEqual(vector["header.schemaId"], FrameHeader.SchemaId(bytes, 0).ToString());
            Assert.AreEqual(vector["header.version"], FrameHeader.Version(bytes, 0).ToString());
            Assert.AreEqual(vector["header.flags"], FrameHeader.Flags(bytes, 0).ToString());
            Assert.AreEqual(vector["header.sequence"], FrameHeader.Sequence(bytes, 0).ToString());
            Assert.AreEqual(vector["header.sendTime"], FrameHeader.SendTime(bytes, 0).ToString());
            Assert.AreEqual(FrameStatus.Accept, FrameCheck.Check(bytes, 0, bytes.Length));
        }

        [TestCaseSource("Decoded")]
        public void TheBlockDecodesToItsFields(Vector vector)
        {
            Message message = Wrap(vector["message"], vector.Bytes());
            var seen = new HashSet<string>();
            foreach (KeyValuePair<string, string> field in FieldsOf(vector))
            {
                string property = char.ToUpperInvariant(field.Key[0]) + field.Key.Substring(1);
                seen.Add(property);
                Assert.AreEqual(field.Value, Show(message, property, field.Value), field.Key);
            }
            IEnumerable<string> unseen = message.GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(property => property.Name).Where(name => !seen.Contains(name) && !NotFields.Contains(name));
            Assert.IsEmpty(unseen.ToArray(), "fields that the vector does not hold");
        }

        [TestCaseSource("Encoded")]
        public void TheFieldsEncodeToTheBytes(Vector vector)
        {
            byte[] expected = vector.Bytes();
            // An add-on's header says sequence 0 whatever the vector, which may be a gateway's, says.
            Array.Clear(expected, 16, 8);
            var writer = new FrameWriter { Version = ushort.Parse(vector["header.version"]) };
            Write(writer, vector, long.Parse(vector["header.sendTime"]));

            Assert.AreEqual(Hex.Format(expected), Hex.Format(writer.Buffer.Take(writer.Length)));
        }

        [TestCaseSource("Reported")]
        public void AReportsValuesEncodeToTheBytes(Vector vector)
        {
            Type type = typeof(Message).Assembly.GetType("Tickbridge.Core." + vector["message"], true);
            var report = (Report)Activator.CreateInstance(type);
            foreach (KeyValuePair<string, string> field in FieldsOf(vector).Where(f => f.Key != "stream"))
            {
                PropertyInfo property = type.GetProperty(char.ToUpperInvariant(field.Key[0]) + field.Key.Substring(1));
                property.SetValue(report, Parse(property.PropertyType, field.Value), null);
            }
            var outbox = new ReportOutbox(2, ulong.Parse(vector["stream"]), ulong.Parse(vector["header.sequence"]));
            Assert.IsTrue(outbox.Add(report));
            var writer = new FrameWriter { Version = ushort.Parse(vector["header.version"]) };
            outbox.Write(writer, long.Parse(vector["header.sendTime"]));

            Assert.AreEqual(Hex.Format(vector.Bytes()), Hex.Format(writer.Buffer.Take(writer.Length)));
        }

        private static object Parse(Type type, string value)
        {
            if (type.IsEnum)
            {
                return Enum.GetValues(type).Cast<object>().Single(v => Plain(v.ToString()) == Plain(value));
            }
            return value == "null" ? LinkProtocol.NullPrice : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }

        [TestCaseSource("Frames")]
        public void TheReaderMakesOfTheBytesWhatTheVectorSays(Vector vector)
        {
            // At an odd place in a buffer, so that no check counts from 0 by accident.
            byte[] bytes = new byte[13].Concat(vector.Bytes()).ToArray();
            FrameStatus status = FrameCheck.Check(bytes, 13, bytes.Length - 13);

            Assert.AreEqual(Plain(vector["expect"]), Plain(status.ToString()));
            if (status == FrameStatus.Accept && !IsSentOnlyByAddOn(vector))
            {
                Message message = Wrap(vector["message"], bytes, 13);
                foreach (KeyValuePair<string, string> field in FieldsOf(vector))
                {
                    string property = char.ToUpperInvariant(field.Key[0]) + field.Key.Substring(1);
                    Assert.AreEqual(field.Value, Show(message, property, field.Value), field.Key);
                }
            }
        }

        [TestCaseSource("Messages")]
        public void WithOneByteMissingAFrameIsIncomplete(Vector vector)
        {
            byte[] bytes = vector.Bytes();
            for (int available = 0; available < bytes.Length; available++)
            {
                Assert.AreEqual(FrameStatus.Incomplete, FrameCheck.Check(bytes, 0, available), available + " bytes");
            }
        }

        private static IEnumerable<KeyValuePair<string, string>> FieldsOf(Vector vector) => vector.Lines.Where(line =>
            line.Key != "message" && line.Key != "hex" && line.Key != "expect" && !line.Key.StartsWith("header."));

        private static Message Wrap(string type, byte[] bytes, int frame = 0)
        {
            Type messageType = typeof(Message).Assembly.GetType("Tickbridge.Core." + type, true);
            var message = (Message)Activator.CreateInstance(messageType);
            message.Wrap(bytes, frame, 0);
            return message;
        }

        /// <summary>A field as the vector files write it.</summary>
        private static string Show(Message message, string property, string expected)
        {
            MethodInfo copy = message.GetType().GetMethod("Copy" + property);
            if (copy != null)
            {
                var bytes = new byte[LinkProtocol.NonceLength];
                copy.Invoke(message, new object[] { bytes, 0 });
                return Hex.Format(bytes);
            }
            object value = message.GetType().GetProperty(property).GetValue(message, null);
            if (value is Enum)
            {
                Assert.IsTrue(Enum.IsDefined(value.GetType(), value), property + " " + value);
                return Plain(value.ToString()) == Plain(expected) ? expected : value.ToString();
            }
            if (expected == "null")
            {
                return LinkProtocol.NullPrice.Equals(value) ? "null" : value.ToString();
            }
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        private static string Plain(string name) => name.Replace("_", "").ToUpperInvariant();

        private static void Write(FrameWriter writer, Vector vector, long sendTime)
        {
            switch (vector["message"])
            {
                case "Logon":
                    var name = new byte[LinkProtocol.NameLength];
                    PaddedText.Write(vector["clientName"], name, 0, name.Length);
                    writer.WriteLogon(ulong.Parse(vector["resumeSession"]), ulong.Parse(vector["nextSequence"]),
                        Hex.Parse(vector["nonce"]), name, sendTime);
                    writer.WriteProof(Hex.Parse(vector["proof"]));
                    break;
                case "Logout":
                    LogoutReason reason = Enum.GetValues(typeof(LogoutReason)).Cast<LogoutReason>()
                        .Single(r => Plain(r.ToString()) == Plain(vector["reason"]));
                    writer.WriteLogout(reason, vector["text"], sendTime);
                    break;
                case "ReportStream":
                    writer.WriteReportStream(ulong.Parse(vector["stream"]), ulong.Parse(vector["firstSequence"]),
                        ulong.Parse(vector["acknowledged"]), ulong.Parse(vector["lost"]), sendTime);
                    break;
                case "Heartbeat":
                    writer.WriteHeartbeat(ulong.Parse(vector["counter"]), sendTime);
                    break;
                default:
                    writer.WriteClockProbe(ulong.Parse(vector["probe"]), long.Parse(vector["clientSendTime"]),
                        sendTime);
                    break;
            }
        }
    }
}
