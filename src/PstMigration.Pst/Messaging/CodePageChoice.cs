using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The code page of a file's 8-bit text. ANSI files do not name it: most messages do, and where none does the text itself
/// has to tell. The machine's own code page has no say.
/// </summary>
internal sealed record CodePageChoice(int CodePage, PstCodePageOrigin Origin)
{
    private const int MaxSampledNodes = 200;
    private const int MaxSampledBytes = 64 * 1024;
    private const int MaxSampledValue = 4 * 1024;

    private static readonly Encoding s_latin1 = Encoding.GetEncoding(28591);

    private static readonly ushort[] s_sampled =
    [
        PropertyTags.Subject.Id, PropertyTags.Body.Id, PropertyTags.DisplayName.Id, PropertyTags.SenderName.Id, PropertyTags.DisplayTo.Id,
    ];

    /// <summary>The encoding.</summary>
    public Encoding Encoding { get; } = FindDeclared(CodePage) ?? CodePages.Get(CodePages.Western);

    /// <summary>
    /// The encoding a message or file names for its 8-bit text; null for a code page that is not known, is no 8-bit encoding
    /// (UTF-16, UTF-32), or says nothing (ASCII).
    /// </summary>
    public static Encoding? FindDeclared(int codePage) =>
        codePage is CodePages.Utf16 or 1201 or 12000 or 12001 or CodePages.Ascii or CodePages.Utf7 ? null : CodePages.Find(codePage);

    /// <summary>Chooses for a file. Reads a sample of its messages and folders unless the choice is given.</summary>
    public static CodePageChoice For(INodeDatabase database, int? asked)
    {
        if (asked is int given)
        {
            return new CodePageChoice(given, PstCodePageOrigin.Option);
        }

        Dictionary<int, int> named = [];
        using MemoryStream text = new();
        foreach (NodeEntry node in database.EnumerateNodes().Where(IsSampled).Take(MaxSampledNodes))
        {
            Sample(database, node, named, text);
        }

        if (named.Count > 0)
        {
            return new CodePageChoice(named.OrderByDescending(n => n.Value).ThenBy(n => n.Key).First().Key, PstCodePageOrigin.Messages);
        }

        return CharsetDetector.Guess(text.ToArray()) is Encoding detected
            ? new CodePageChoice(detected.CodePage, PstCodePageOrigin.Detected)
            : new CodePageChoice(CodePages.Western, PstCodePageOrigin.Default);
    }

    private static bool IsSampled(NodeEntry node) => node.Id.Type is NodeIdType.NormalMessage or NodeIdType.NormalFolder;

    private static void Sample(INodeDatabase database, NodeEntry entry, Dictionary<int, int> named, MemoryStream text)
    {
        try
        {
            using NodeReader node = NodeReader.Open(database, entry);
            PropertyContext properties = PropertyContext.Open(node);
            if (properties.TryFind(PropertyTags.MessageCodepage.Id, out PropertyRecord codePage) && FindDeclared((int)codePage.Value) is not null)
            {
                named.TryGetValue((int)codePage.Value, out int count);
                named[(int)codePage.Value] = count + 1;
            }

            // Latin-1 turns every byte into the character of the same number, and back.
            TextDecoder raw = new(static () => s_latin1);
            foreach (ushort id in s_sampled)
            {
                if (text.Length < MaxSampledBytes
                    && properties.TryFind(id, out PropertyRecord record) && record.Tag.Type == PropertyType.String8
                    && properties.TryRead(id, raw, out PropertyValue value) && value.AsSmallString() is string bytes)
                {
                    byte[] sample = s_latin1.GetBytes(bytes.Length > MaxSampledValue ? bytes.Substring(0, MaxSampledValue) : bytes);
                    text.Write(sample, 0, sample.Length);
                    text.WriteByte((byte)'\n');
                }
            }
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            // Whoever reads the node will hear of it; a sample can do without.
        }
    }
}
