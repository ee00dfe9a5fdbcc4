using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Tickbridge.Test
{
    /// <summary>One entry of a golden vector file: a name, and key=value lines in their order.</summary>
    public sealed class Vector
    {
        public Vector(string file, string name)
        {
            File = file;
            Name = name;
        }

        public string File { get; }

        public string Name { get; }

        public List<KeyValuePair<string, string>> Lines { get; } = new List<KeyValuePair<string, string>>();

        public string this[string key] => Lines.Single(line => line.Key == key).Value;

        /// <summary>All values of a key joined: hex goes on over several lines.</summary>
        public byte[] Bytes(string key = "hex") =>
            Hex.Parse(string.Concat(Lines.Where(line => line.Key == key).Select(line => line.Value)));

        public bool Has(string key) => Lines.Any(line => line.Key == key);

        public override string ToString() => File + " [" + Name + "]";
    }

    /// <summary>Reads bridge-protocol/vectors, which the Java side reads too. SPECIFICATION.md section 12.</summary>
    public static class VectorFile
    {
        public static IEnumerable<Vector> Read(string file)
        {
            var vectors = new List<Vector>();
            foreach (string line in File.ReadAllLines(Path.Combine(Folder(), file)))
            {
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }
                if (line[0] == '[')
                {
                    vectors.Add(new Vector(file, line.Trim('[', ']')));
                    continue;
                }
                int equals = line.IndexOf('=');
                vectors.Last().Lines.Add(
                    new KeyValuePair<string, string>(line.Substring(0, equals), line.Substring(equals + 1)));
            }
            return vectors;
        }

        private static string Folder()
        {
            // The tests lie in target/ of this module.
            string target = Path.GetDirectoryName(typeof(VectorFile).Assembly.Location);
            string module = Path.GetDirectoryName(target);
            return Path.Combine(Path.GetDirectoryName(module), "bridge-protocol", "vectors");
        }
    }

    public static class Hex
    {
        public static byte[] Parse(string text)
        {
            string digits = text.Replace(" ", "");
            var bytes = new byte[digits.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = Convert.ToByte(digits.Substring(2 * i, 2), 16);
            }
            return bytes;
        }

        public static string Format(IEnumerable<byte> bytes) => string.Concat(bytes.Select(b => b.ToString("x2")));
    }
}
