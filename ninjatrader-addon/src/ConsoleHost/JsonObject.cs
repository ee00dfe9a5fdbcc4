using System.Globalization;
using System.Text;

namespace Tickbridge.ConsoleHost
{
    /// <summary>Writes one JSON object, member by member.</summary>
    internal sealed class JsonObject
    {
        private readonly StringBuilder text = new StringBuilder("{");

        public JsonObject Add(string name, long value) => AddRaw(name, value.ToString(CultureInfo.InvariantCulture));

        /// <summary>As text: JSON numbers above 2^53 are not safe everywhere.</summary>
        public JsonObject Add(string name, ulong value) =>
            Add(name, value.ToString(CultureInfo.InvariantCulture));

        public JsonObject Add(string name, double value) =>
            AddRaw(name, value.ToString("0.###", CultureInfo.InvariantCulture));

        public JsonObject Add(string name, bool value) => AddRaw(name, value ? "true" : "false");

        public JsonObject Add(string name, long? value) =>
            value.HasValue ? Add(name, value.Value) : AddRaw(name, "null");

        public JsonObject Add(string name, JsonObject value) => AddRaw(name, value.ToString());

        public JsonObject Add(string name, string value) => AddRaw(name, value == null ? "null" : Quoted(value));

        public override string ToString() => text + "}";

        private JsonObject AddRaw(string name, string value)
        {
            text.Append(text.Length > 1 ? "," : "").Append(Quoted(name)).Append(':').Append(value);
            return this;
        }

        private static string Quoted(string value)
        {
            var quoted = new StringBuilder("\"");
            foreach (char c in value)
            {
                if (c == '"' || c == '\\')
                {
                    quoted.Append('\\').Append(c);
                }
                else if (c < ' ')
                {
                    quoted.Append("\\u").Append(((int)c).ToString("x4"));
                }
                else
                {
                    quoted.Append(c);
                }
            }
            return quoted.Append('"').ToString();
        }
    }
}
