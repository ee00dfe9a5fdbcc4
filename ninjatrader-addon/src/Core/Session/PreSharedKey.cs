using System;
using System.Globalization;
using System.IO;

namespace Tickbridge.Core
{
    /// <summary>The key that gateway and add-on share: hexadecimal text of at least 32 bytes.</summary>
    public static class PreSharedKey
    {
        private const int MinimumLength = 32;

        /// <summary>Reads the key file that the gateway uses too.</summary>
        /// <exception cref="FormatException">It does not hold such a key; the message never quotes what it
        /// holds.</exception>
        /// <exception cref="IOException">It cannot be read.</exception>
        public static byte[] FromFile(string path)
        {
            try
            {
                return Parse(File.ReadAllText(path));
            }
            catch (FormatException e)
            {
                throw new FormatException("key file " + path + ": " + e.Message, e);
            }
        }

        /// <summary>Reads the key from hexadecimal text; white space around it is allowed.</summary>
        /// <exception cref="FormatException">It is not such a key; the message never quotes it.</exception>
        public static byte[] Parse(string text)
        {
            string digits = text.Trim();
            if (digits.Length < 2 * MinimumLength || digits.Length % 2 != 0)
            {
                throw new FormatException(digits.Length + " characters found, needed is an even number of at least "
                    + 2 * MinimumLength + " hexadecimal digits (openssl rand -hex 32 makes one)");
            }
            var key = new byte[digits.Length / 2];
            for (int i = 0; i < key.Length; i++)
            {
                if (!byte.TryParse(digits.Substring(2 * i, 2), NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture, out key[i]))
                {
                    throw new FormatException("character " + (2 * i + 1) + " or " + (2 * i + 2)
                        + " is no hexadecimal digit");
                }
            }
            return key;
        }
    }
}
