using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What Thunderbird has noted about the messages of a folder in its index (<c>Inbox.msf</c>). Of folders of a server it is noted there alone, and what stands in the
/// messages' own headers may be as old as they are.
/// </summary>
internal sealed class ThunderbirdIndex
{
    private const string Messages = "ns:msg:db:row:scope:msgs:all";
    private const string Folder = "ns:msg:db:row:scope:dbfolderinfo:all";
    private const string Ending = ".msf";
    private const int LargestIndex = 128 * 1024 * 1024;

    // Bits of "flags", as in X-Mozilla-Status.
    private const int Read = 0x0001;
    private const int Replied = 0x0002;
    private const int Marked = 0x0004;
    private const int Expunged = 0x0008;
    private const int Forwarded = 0x1000;

    private readonly Dictionary<string, (int Flags, string Keywords)> _messages = new(StringComparer.Ordinal);

    private ThunderbirdIndex()
    {
    }

    /// <summary>The index of an mbox file; null where there is none, or where the file has changed since: Thunderbird makes it anew then.</summary>
    /// <param name="file">The full path of the file.</param>
    public static ThunderbirdIndex? OfFile(string file) => Open(file, isFile: true);

    /// <summary>The index of a directory with a file for each message; null where there is none.</summary>
    /// <param name="directory">Its full path.</param>
    public static ThunderbirdIndex? OfDirectory(string directory) => Open(directory, isFile: false);

    /// <summary>The state of a message as the index has it; the one given where it has none.</summary>
    /// <param name="token">Where it is: the name of its file, or where in the file it begins.</param>
    /// <param name="noted">What its own headers say.</param>
    public MailState StateOf(string token, MailState noted)
    {
        if (!_messages.TryGetValue(token, out (int Flags, string Keywords) known))
        {
            return noted;
        }

        bool Has(int flag) => (known.Flags & flag) != 0;
        return new MailState(Has(Read), Has(Replied), Has(Forwarded), Has(Marked), noted.IsDraft, Has(Expunged));
    }

    /// <summary>The tags of a message.</summary>
    /// <param name="token">Where it is.</param>
    public IReadOnlyList<string> KeywordsOf(string token) =>
        _messages.TryGetValue(token, out (int Flags, string Keywords) known) ? known.Keywords.Split([' '], StringSplitOptions.RemoveEmptyEntries) : [];

    private static ThunderbirdIndex? Open(string path, bool isFile)
    {
        try
        {
            FileInfo file = new(LongPath.Of(path + Ending));
            if (!file.Exists || file.Length > LargestIndex)
            {
                return null;
            }

            long? length = isFile ? new FileInfo(LongPath.Of(path)).Length : null;
            using Stream stream = TreeFiles.OpenRead(path + Ending);
            byte[] bytes = new byte[stream.Length];
            return stream.Fill(bytes) == bytes.Length && MorkFile.Read(bytes) is MorkFile mork && (length is null || mork.Rows(Folder).Any(r => Number(r, "folderSize") == length))
                ? Of(mork)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MailDataException)
        {
            return null;
        }
    }

    private static ThunderbirdIndex Of(MorkFile mork)
    {
        ThunderbirdIndex index = new();
        foreach (IReadOnlyDictionary<string, string> row in mork.Rows(Messages))
        {
            if (row.TryGetValue("storeToken", out string? token) && token.Length > 0 && Number(row, "flags") is long flags)
            {
                index._messages[token] = ((int)flags, row.TryGetValue("keywords", out string? keywords) ? keywords : "");
            }
        }

        return index;
    }

    private static long? Number(IReadOnlyDictionary<string, string> row, string column) =>
        row.TryGetValue(column, out string? text) && long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value) ? value : null;
}
