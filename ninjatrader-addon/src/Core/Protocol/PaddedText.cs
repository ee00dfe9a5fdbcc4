using System;

namespace Tickbridge.Core
{
    /// <summary>ASCII text in a field of fixed length, padded with NUL.</summary>
    public static class PaddedText
    {
        /// <summary>
        /// Text up to the first NUL or the field's end. A byte that is no printable ASCII becomes '?', so that
        /// nothing a peer sends can steer a terminal or break a log line. Allocates: not for every message.
        /// </summary>
        public static string Read(byte[] buffer, int offset, int length)
        {
            var text = new char[length];
            int used = 0;
            while (used < length && buffer[offset + used] != 0)
            {
                byte b = buffer[offset + used];
                text[used++] = b >= 0x20 && b < 0x7F ? (char)b : '?';
            }
            return new string(text, 0, used);
        }

        /// <summary>
        /// Writes as much of a text as fits into a field of zeros; null as nothing. A character that is no printable
        /// ASCII becomes '?': what a platform or a user named otherwise must not stop a report.
        /// </summary>
        public static void WriteFitting(string text, byte[] buffer, int offset, int length)
        {
            for (int i = 0; text != null && i < text.Length && i < length; i++)
            {
                char c = text[i];
                buffer[offset + i] = c >= 0x20 && c < 0x7F ? (byte)c : (byte)'?';
            }
        }

        /// <summary>Writes text and pads the rest of the field with NUL.</summary>
        /// <exception cref="ArgumentException">The text does not fit or is not printable ASCII.</exception>
        public static void Write(string text, byte[] buffer, int offset, int length)
        {
            if (text.Length > length)
            {
                throw new ArgumentException("'" + text + "' has " + text.Length + " characters, at most " + length
                    + " are allowed");
            }
            Array.Clear(buffer, offset, length);
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < 0x20 || text[i] >= 0x7F)
                {
                    throw new ArgumentException("'" + text + "' must be printable ASCII");
                }
                buffer[offset + i] = (byte)text[i];
            }
        }
    }
}
