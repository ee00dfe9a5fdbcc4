using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

/// <summary>
/// Writes the archive that NinjaTrader imports: packager SOURCE-FOLDER OUT.zip. Laid out as the vendor's own samples are
/// (ninjatrader.com/support/helpGuides/nt8/samples): Info.xml at the root, sources under the folder of bin\Custom that
/// they go to, names with backslashes. The same sources give the same bytes.
/// </summary>
internal static class Packager
{
    /// <summary>
    /// Version of NinjaTrader that the archive says it is of: that of the vendor's add-on sample, which every 8.1
    /// imports. A build refuses what claims to be newer than itself.
    /// </summary>
    private const string ExportVersion = "8.0.25.0";

    private const string Root = "AddOns\\Tickbridge\\";

    /// <summary>ZIP has no time before 1980; a fixed one keeps archives equal.</summary>
    private static readonly DateTimeOffset Stamp = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly UTF8Encoding Utf8WithMark = new UTF8Encoding(true);

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: packager SOURCE-FOLDER OUT.zip");
            return 2;
        }
        SortedDictionary<string, string> entries = Entries(arguments[0]);
        string half = arguments[1] + ".new";
        using (var archive = new ZipArchive(File.Create(half), ZipArchiveMode.Create))
        {
            foreach (KeyValuePair<string, string> entry in entries)
            {
                Write(archive, entry.Key, File.ReadAllText(entry.Value));
            }
            Write(archive, "Info.xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<NinjaTrader>\n  <Export>\n    <Version>"
                + ExportVersion + "</Version>\n  </Export>\n</NinjaTrader>");
        }
        File.Delete(arguments[1]);
        File.Move(half, arguments[1]);
        Console.WriteLine(arguments[1] + ": " + entries.Count + " sources");
        return 0;
    }

    /// <summary>By name in the archive: the file.</summary>
    private static SortedDictionary<string, string> Entries(string source)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string core = Path.Combine(source, "Core");
        string layer = Path.Combine(source, "NinjaTrader");
        foreach (string file in Directory.GetFiles(core, "*.cs", SearchOption.AllDirectories))
        {
            entries.Add(Root + "Core\\" + Relative(core, file), file);
        }
        foreach (string file in Directory.GetFiles(layer, "*.cs", SearchOption.AllDirectories))
        {
            string name = Relative(layer, file);
            bool isFound = new[] { "AddOns\\", "Indicators\\", "Strategies\\" }.Any(name.StartsWith);
            entries.Add(isFound ? name : Root + name, file);
        }
        return entries;
    }

    private static string Relative(string folder, string file) =>
        file.Substring(folder.Length + 1).Replace(Path.DirectorySeparatorChar, '\\');

    private static void Write(ZipArchive archive, string name, string text)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Stamp;
        byte[] bytes = Utf8WithMark.GetPreamble()
            .Concat(Utf8WithMark.GetBytes(text.Replace("\r\n", "\n").Replace("\n", "\r\n"))).ToArray();
        using (Stream stream = entry.Open())
        {
            stream.Write(bytes, 0, bytes.Length);
        }
    }
}
