using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>What a run leaves to the next one about one account: KEY = ACCOUNT and names, with tabs between. Immutable.</summary>
    internal sealed class RecordLine
    {
        /// <summary>It was armed, and not seen flat afterwards; the names are the instruments traded there.</summary>
        public const string Armed = "armed";

        /// <summary>It is being flattened, and that is not verified; the names are the instruments.</summary>
        public const string Flattening = "flattening";

        /// <summary>Nobody knows what an earlier run did there: it must be seen flat before it is called so.</summary>
        public const string Unseen = "unseen";

        /// <summary>The names are those of our orders that work there.</summary>
        public const string Working = "working";

        private const string Equal = " = ";
        private const char Separator = '\t';

        private static readonly string[] Keys = { Armed, Flattening, Unseen, Working };

        public RecordLine(string key, string account, IEnumerable<string> names)
        {
            Key = key;
            Account = account;
            Names = names.ToArray();
        }

        public string Key { get; }

        public string Account { get; }

        public IList<string> Names { get; }

        /// <returns>null: it is no such line</returns>
        public static RecordLine Parse(string line)
        {
            string key = Keys.FirstOrDefault(known => line.StartsWith(known + Equal, StringComparison.Ordinal));
            if (key == null)
            {
                return null;
            }
            string[] parts = line.Substring(key.Length + Equal.Length).Split(Separator);
            return new RecordLine(key, parts[0], parts.Skip(1));
        }

        public override string ToString() =>
            Key + Equal + string.Join(Separator.ToString(), new[] { Account }.Concat(Names).ToArray());
    }
}
