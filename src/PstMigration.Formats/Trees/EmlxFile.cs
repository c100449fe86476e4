using System.Globalization;
using System.Text;
using System.Xml;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A message as Apple Mail keeps it (<c>123.emlx</c>): a line with the number of its bytes, the message, and a property list with <c>flags</c> and
/// <c>date-received</c>. In <c>123.partial.emlx</c> the content of attachments is missing: it lies in
/// <c>../Attachments/123/2/photo.jpg</c>, where the second number is that of the part.
/// </summary>
internal sealed class EmlxFile
{
    /// <summary>The ending of its name.</summary>
    public const string Ending = ".emlx";

    private const string PartialEnding = ".partial" + Ending;
    private const int LongestNumber = 32;
    private const int LongestList = 1024 * 1024;

    private const int LongestDeclaration = 300;

    private static readonly string[] s_lists = ["<?xml", "<!DOCTYPE plist", "<plist", "bplist"];

    // What is known of the bits of flags.
    private const long Read = 1;
    private const long Deleted = 1 << 1;
    private const long Answered = 1 << 2;
    private const long Flagged = 1 << 4;
    private const long Draft = 1 << 6;
    private const long Forwarded = 1 << 8;

    private EmlxFile(BinarySource message) => Message = message;

    /// <summary>The message.</summary>
    public BinarySource Message { get; }

    /// <summary>Its state; null where the file does not tell.</summary>
    public MailState? State { get; private init; }

    /// <summary>When it was received; null where the file does not tell.</summary>
    public DateTimeOffset? Received { get; private init; }

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Is(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Opens a file. Where the number at its begin is missing or does not lead to the property list or the end, as in files whose line ends were changed on the way,
    /// the message ends where the list begins; one that was cut ends where it ends.
    /// </summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static EmlxFile Open(string path) => Open(path, TreeFiles.OpenRead);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="open">Opens its bytes.</param>
    internal static EmlxFile Open(string path, Func<string, Stream> open) => TreeFiles.Read(path, p =>
    {
        using Stream stream = open(p);
        byte[] first = new byte[LongestNumber];
        int length = stream.Fill(first);
        int feed = Array.IndexOf(first, (byte)'\n', 0, length);
        string number = feed < 0 ? "" : Encoding.ASCII.GetString(first, 0, feed).Trim();
        bool isCounted = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes);
        long begin = isCounted ? feed + 1 : 0;
        long end = isCounted && bytes <= stream.Length - begin && IsListAt(stream, begin + bytes) ? begin + bytes : FindList(stream, begin) ?? stream.Length;
        IReadOnlyDictionary<string, string> list = stream.Length - end is > 0 and <= LongestList and long rest ? ReadList(stream, end, (int)rest) : new Dictionary<string, string>();
        return new EmlxFile(new FileSource(p, begin, end)) { State = StateIn(list), Received = TimeIn(list) };
    });

    /// <summary>Whether a property list begins at a place, or the file ends there.</summary>
    private static bool IsListAt(Stream stream, long at)
    {
        const int Most = 64;
        byte[] begin = new byte[Most];
        stream.Position = at;
        string text = Encoding.ASCII.GetString(begin, 0, stream.Fill(begin)).TrimStart();
        return text.Length == 0 || Array.Exists(s_lists, l => text.StartsWith(l, StringComparison.Ordinal));
    }

    /// <summary>Where the property list at the end of a file begins; null where there is none.</summary>
    private static long? FindList(Stream stream, long begin)
    {
        long from = Math.Max(begin, stream.Length - LongestList);
        byte[] bytes = new byte[(int)(stream.Length - from)];
        stream.Position = from;
        string text = CodePages.Get(CodePages.Latin1).GetString(bytes, 0, stream.Fill(bytes));
        int list = text.LastIndexOf("<plist", StringComparison.Ordinal);
        int xml = list < 0 ? -1 : text.LastIndexOf("<?xml", list, StringComparison.Ordinal);
        bool isAtEnd = list >= 0 && text.TrimEnd().EndsWith("</plist>", StringComparison.Ordinal);
        return isAtEnd ? from + (xml >= 0 && list - xml < LongestDeclaration ? xml : list) : null;
    }

    /// <summary>Puts what lies beside a file into the item made of it.</summary>
    public static void AddAttachments(string path, MapiItem item)
    {
        if (!path.EndsWith(PartialEnding, StringComparison.OrdinalIgnoreCase) || FilesBeside(path) is not { Count: > 0 } files)
        {
            return;
        }

        foreach (string file in files)
        {
            string name = Path.GetFileName(file);
            MapiAttachment? empty = item.Attachments.FirstOrDefault(a => IsEmpty(a) && NameOf(a) == name) ?? item.Attachments.FirstOrDefault(a => IsEmpty(a) && NameOf(a) is null);
            if (empty is null)
            {
                PropertyBag p = new();
                p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
                p.Set(PropertyTags.AttachLongFilename, name);
                p.Set(PropertyTags.RenderingPosition, -1);
                empty = new MapiAttachment(p);
                item.Attachments.Add(empty);
            }

            empty.Properties[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(FileSource.Of(file));
        }

        item.Properties.Set(PropertyTags.MessageFlags, (int)(item.Flags | MessageFlags.HasAttachments));
    }

    private static string? NameOf(MapiAttachment attachment) => attachment.Properties.GetString(PropertyTags.AttachLongFilename);

    private static bool IsEmpty(MapiAttachment attachment) =>
        attachment.Properties.GetInt32(PropertyTags.AttachMethod) is null or (int)AttachMethod.ByValue
        && attachment.Properties.GetBinary(PropertyTags.AttachDataBinary) is null or { Length: 0 };

    private static List<string> FilesBeside(string path)
    {
        string? messages = Path.GetDirectoryName(path);
        string? data = messages is null ? null : Path.GetDirectoryName(messages);
        string name = Path.GetFileName(path);
        string attachments = data is null ? "" : Path.Combine(data, "Attachments", name.Substring(0, name.Length - PartialEnding.Length));
        List<string> files = [];
        if (attachments.Length > 0 && Directory.Exists(LongPath.Of(attachments)))
        {
            // In the order of their parts.
            IReadOnlyList<string> parts = TreeFiles.List(attachments).Directories;
            foreach (string part in parts.OrderBy(p => p.Length).ThenBy(p => p, StringComparer.Ordinal))
            {
                string directory = Path.Combine(attachments, part);
                files.AddRange(TreeFiles.List(directory).Files.Where(f => !ProgramFiles.IsSetting(f.Name)).Select(f => Path.Combine(directory, f.Name)));
            }
        }

        return files;
    }

    private static MailState? StateIn(IReadOnlyDictionary<string, string> list)
    {
        if (!list.TryGetValue("flags", out string? text) || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long flags))
        {
            return null;
        }

        bool Has(long flag) => (flags & flag) != 0;
        return new MailState(Has(Read), Has(Answered), Has(Forwarded), Has(Flagged), Has(Draft), Has(Deleted));
    }

    private static DateTimeOffset? TimeIn(IReadOnlyDictionary<string, string> list)
    {
        const double Most = 32_503_680_000;
        return list.TryGetValue("date-received", out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < Most
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
    }

    /// <summary>The simple values of a property list; none where it is no such list, or a damaged one from where it is damaged.</summary>
    private static Dictionary<string, string> ReadList(Stream stream, long begin, int length)
    {
        byte[] bytes = new byte[length];
        stream.Position = begin;
        int read = stream.Fill(bytes);

        Dictionary<string, string> values = new(StringComparer.Ordinal);
        int start = Array.IndexOf(bytes, (byte)'<', 0, read);
        if (start < 0)
        {
            return values;
        }

        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true };
            using XmlReader reader = XmlReader.Create(new MemoryStream(bytes, start, read - start), settings);
            string? key = null;
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.Depth == 2)
                {
                    bool isKey = reader.Name == "key";
                    bool isSimple = isKey || reader.Name is "integer" or "real" or "string" or "date";
                    string text = isSimple ? reader.ReadString() : "";
                    if (!isKey && isSimple && key is not null)
                    {
                        values[key] = text;
                    }

                    key = isKey ? text : null;
                }
            }
        }
        catch (XmlException)
        {
            return values;
        }

        return values;
    }
}
