using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The headers at the start of a message that this project or a mail program wrote about the file, without the rest of it.</summary>
/// <param name="keys">The keys that prove what this project wrote (<see cref="TreeKeys"/>); what none proves is not believed.</param>
internal sealed class MessageHead(IReadOnlyList<byte[]> keys)
{
    /// <summary>Our own headers come first, and mostly all headers fit into this.</summary>
    private const int FirstSize = 8 * 1024;

    /// <summary>Thunderbird and others put theirs at the start too, behind long traces at worst. No header is kept beyond it.</summary>
    private const int MaximumSize = 64 * 1024;

    /// <summary>Headers that are kept; there are not so many names for them.</summary>
    private const int MostHeaders = 64;

    private const string DraftInfo = "X-Mozilla-Draft-Info";
    private const string GmailThread = "X-GM-THRID";

    /// <summary>Headers of the message itself that tell something about it; they are part of it.</summary>
    private static readonly HashSet<string> s_noted = new(StringComparer.OrdinalIgnoreCase) { DraftInfo, GmailThread, GmailLabels.Field, "Subject", "From" };

    private readonly Dictionary<string, StringBuilder> _headers = new(StringComparer.OrdinalIgnoreCase);
    private string? _last;
    private bool? _isProven;

    /// <summary>That of a message of which nothing is known.</summary>
    public static MessageHead Empty { get; } = new([]);

    /// <summary>What is stored with a copy; null for mail of others.</summary>
    public CopyRecord? Record
    {
        get
        {
            if (!IsCopy)
            {
                return null;
            }

            string? marker = Find(OwnHeaders.Marker);
            string? source = Find(OwnHeaders.Source);
            return source is null && marker?.Length != 64 ? null : CopyRecord.Read(
                source,
                marker?.Length == 64 ? marker : null,
                Find(OwnHeaders.Version),
                Find(OwnHeaders.Folder),
                Find(OwnHeaders.Identity),
                Find(OwnHeaders.Losses));
        }
    }

    /// <summary>The folder a copy was put into; null where that is not stored.</summary>
    public FolderPath? Place => (Find(OwnHeaders.Place) ?? Find(OwnHeaders.Folder)) is string path ? FolderPath.Parse(path) : null;

    /// <summary>The time the file of a copy was given; null where it is not known.</summary>
    public DateTimeOffset? FileTime => OwnHeaders.ParseTime(Find(OwnHeaders.FileTime) ?? Find(OwnHeaders.Received));

    /// <summary>The state, or null where none is stored. What Gmail says comes before what the sender's program left in a message.</summary>
    public MailState? State => Labels?.State ?? MailState.Parse(Raw);

    /// <summary>The state, where not all of it is stored: drafts of Thunderbird are known by what it stores of them.</summary>
    /// <param name="unknown">That of a message which says nothing.</param>
    public MailState StateOr(MailState unknown)
    {
        MailState state = State ?? unknown;
        return state with { IsDraft = state.IsDraft || (!IsCopy && _headers.ContainsKey(DraftInfo)) };
    }

    /// <summary>The labels it had in Gmail as they are written; null where there are none, and for a copy, which has its own state.</summary>
    public string? LabelText => IsCopy ? null : Raw(GmailLabels.Field);

    /// <summary>The labels it had in Gmail.</summary>
    public GmailLabels? Labels => LabelText is string labels ? GmailLabels.Parse(labels) : null;

    /// <summary>Whether it says that Gmail had it.</summary>
    public bool IsFromGmail => _headers.ContainsKey(GmailLabels.Field) || _headers.ContainsKey(GmailThread);

    /// <summary>Whether this project wrote it.</summary>
    public bool IsCopy => (_headers.ContainsKey(OwnHeaders.Source) || _headers.ContainsKey(OwnHeaders.Marker)) && (_isProven ??= TreeKey.IsProven(keys, Raw));

    /// <summary>Whether it is no mail: the library of UW-IMAP, Pine and Alpine keeps the numbers of a folder in a message at its begin.</summary>
    public bool IsInternal =>
        Raw("Subject")?.IndexOf("FOLDER INTERNAL DATA", StringComparison.Ordinal) >= 0
        && (_headers.ContainsKey("X-IMAP") || _headers.ContainsKey("X-IMAPbase") || Raw("From")?.IndexOf("MAILER-DAEMON", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>When it was received by the line of an mbox file before its headers; null where there is none.</summary>
    public DateTimeOffset? Envelope { get; private set; }

    /// <summary>Whether the state is Thunderbird's.</summary>
    public bool IsMozilla => _headers.ContainsKey("X-Mozilla-Status");

    /// <summary>Reads the start of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The keys that prove what this project wrote.</param>
    /// <param name="onlyProject">Whether the headers of this project are enough.</param>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MessageHead Read(string path, IReadOnlyList<byte[]> keys, bool onlyProject = false) => TreeFiles.Read(path, p =>
    {
        // Small and unbuffered: a tree may hold a million files.
        using FileStream stream = PlainFile.OpenRead(p, 1);
        byte[] bytes = new byte[FirstSize];
        int length = stream.Fill(bytes);
        MessageHead head = new(keys);
        if (!head.TakeAll(bytes, length, onlyProject) && length == FirstSize)
        {
            Array.Resize(ref bytes, MaximumSize);
            length += stream.Fill(bytes, length, bytes.Length - length);
            head = new MessageHead(keys);
            head.TakeAll(bytes, length, onlyProject);
        }

        return head;
    });

    /// <summary>Takes a line of the headers if it is, or goes on with, one of those kept.</summary>
    /// <returns>Whether it belongs to a header mail programs change in place.</returns>
    public bool Take(string line)
    {
        if (line.Length > 0 && line[0] is ' ' or '\t')
        {
            if (_last is not null && _headers[_last] is { Length: < MaximumSize } value)
            {
                value.Append(OwnHeaders.IsOfProject(_last) ? "" : " ").Append(line.Trim());
            }

            return _last is not null && !s_noted.Contains(_last);
        }

        int colon = line.IndexOf(':');
        string field = colon > 0 ? line.Substring(0, colon).TrimEnd() : "";
        bool isOwn = OwnHeaders.IsOwn(field);
        _last = null;
        _isProven = null;
        if ((isOwn || s_noted.Contains(field)) && !_headers.ContainsKey(field) && _headers.Count < MostHeaders)
        {
            _headers.Add(field, new StringBuilder(line.Substring(colon + 1).Trim()));
            _last = field;
        }

        return isOwn;
    }

    /// <summary>Takes the lines of the headers.</summary>
    /// <returns>Whether all that is wanted was there.</returns>
    private bool TakeAll(byte[] bytes, int length, bool onlyProject)
    {
        Envelope = MboxLines.IsFrom(bytes.AsSpan(0, length)) ? FromLine.TimeIn(bytes.AsSpan(0, Math.Max(Array.IndexOf(bytes, (byte)'\n', 0, length), 0))) : null;
        foreach (string line in Encoding.UTF8.GetString(bytes, 0, length).Split('\n'))
        {
            bool isOver = line.TrimEnd('\r').Length == 0;
            if (isOver || (!Take(line) && onlyProject))
            {
                return isOver || line.IndexOf(':') > 0;
            }
        }

        return false;
    }

    private string? Raw(string field) => _headers.TryGetValue(field, out StringBuilder? value) ? value.ToString() : null;

    private string? Find(string field) => Raw(field) is string value ? OwnHeaders.Decode(value) : null;
}
