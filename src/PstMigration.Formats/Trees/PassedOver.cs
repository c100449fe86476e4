using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>What a source of files is, and what of it was left out, by the directory or file it is in: looked at again it is not counted twice.</summary>
internal sealed class PassedOver
{
    private const int MostNames = 5;

    private readonly object _lock = new();
    private readonly Dictionary<string, LeftOut> _counts = new(StringComparer.Ordinal);

    private readonly HashSet<string> _unproven = new(StringComparer.Ordinal);
    private string _format = "";
    private bool _isFixed;

    /// <summary>What the source was taken for, such as Maildir (directories).</summary>
    public string Format
    {
        get => _format;
        set => _format = _isFixed ? _format : value;
    }

    /// <summary>Says once for all what the source is: one that joins others, which tell what they are too.</summary>
    public void Fix(string format)
    {
        Format = format;
        _isFixed = true;
    }

    /// <summary>What people should know.</summary>
    public SourceReport Report
    {
        get
        {
            lock (_lock)
            {
                string detected = string.Format(Strings.Culture, Strings.ReadAs, Format);
                List<SourceNotice> notices = [new SourceNotice(SourceNoticeKind.Detected, 1, detected)];
                Add(notices, c => c.Others, Strings.PassedOthers);
                Add(notices, c => c.Links, Strings.PassedLinks);
                AddLost(notices);
                Add(notices, c => c.Deleted, Strings.PassedDeleted);
                Add(notices, c => c.Settings, Strings.PassedSettings, SourceNoticeKind.Hidden);
                Add(notices, c => c.Internal, Strings.PassedInternal, SourceNoticeKind.Hidden);
                if (_unproven.Count > 0)
                {
                    notices.Add(new SourceNotice(SourceNoticeKind.Unproven, _unproven.Count, string.Format(Strings.Culture, Strings.UnprovenCopies, _unproven.Count)));
                }

                return new SourceReport([], notices) { Format = Format };
            }
        }
    }

    /// <summary>Notes what was left out of a directory or a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="leftOut">How much of what.</param>
    public void Set(string path, LeftOut leftOut)
    {
        lock (_lock)
        {
            _counts[path] = leftOut;
        }
    }

    /// <summary>Notes a message that says of itself that this project exported it, which nothing proves.</summary>
    /// <param name="place">Which one.</param>
    public void NoteUnproven(string place)
    {
        lock (_lock)
        {
            _unproven.Add(place);
        }
    }

    private void AddLost(List<SourceNotice> notices)
    {
        List<string> lost = [.. _counts.OrderBy(c => c.Key, StringComparer.Ordinal).SelectMany(c => (c.Value.Lost ?? []).Select(n => Path.Combine(c.Key, n)))];
        if (lost.Count > 0)
        {
            string names = string.Join(", ", lost.Take(MostNames).Select(n => "'" + n + "'")) + (lost.Count > MostNames ? ", \u2026" : "");
            notices.Add(new SourceNotice(SourceNoticeKind.PassedOver, lost.Count, string.Format(Strings.Culture, Strings.PassedLost, lost.Count, names)));
        }
    }

    private void Add(List<SourceNotice> notices, Func<LeftOut, int> of, string text, SourceNoticeKind kind = SourceNoticeKind.PassedOver)
    {
        int count = _counts.Values.Sum(of);
        if (count > 0)
        {
            notices.Add(new SourceNotice(kind, count, string.Format(Strings.Culture, text, count)));
        }
    }
}

/// <summary>What was left out of a directory or a file.</summary>
internal readonly record struct LeftOut
{
    /// <summary>Files and directories of other kinds.</summary>
    public int Others { get; init; }

    /// <summary>Links.</summary>
    public int Links { get; init; }

    /// <summary>Names of files and directories that cannot be opened; null for none.</summary>
    public IReadOnlyList<string>? Lost { get; init; }

    /// <summary>Messages marked as deleted.</summary>
    public int Deleted { get; init; }

    /// <summary>Files in which programs keep settings and indexes (<see cref="ProgramFiles"/>).</summary>
    public int Settings { get; init; }

    /// <summary>Messages in which a program keeps data of its own.</summary>
    public int Internal { get; init; }

    /// <summary>What is left out of a directory: the links in it, and the files that are not taken.</summary>
    /// <param name="content">What is in it.</param>
    /// <param name="isTaken">Whether a file, by its name, is read.</param>
    public static LeftOut Of(DirectoryContent content, Func<string, bool> isTaken)
    {
        List<string> left = [.. content.Files.Select(f => f.Name).Where(n => !n.StartsWith(TreeFiles.OwnPrefix, StringComparison.Ordinal) && !isTaken(n))];
        int settings = left.Count(ProgramFiles.IsSetting);
        return new LeftOut { Others = left.Count - settings, Settings = settings, Links = content.Links, Lost = content.Lost };
    }
}
