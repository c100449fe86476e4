namespace PstMigration.Transfer;

/// <summary>
/// What a run of a backup tells people: gathered for its result, and written down in its log. For several threads: whichever writes to the log may be the one to tell that it cannot be kept.
/// </summary>
internal sealed class BackupNotes
{
    private readonly object _lock = new();
    private readonly List<string> _texts = [];
    private volatile bool _hasWarnings;

    /// <summary>Where warnings are written down too; null until there is a log.</summary>
    public BackupLog? Log { get; set; }

    /// <summary>Whether anything should be looked at.</summary>
    public bool HasWarnings => _hasWarnings;

    /// <summary>Tells what people should look at.</summary>
    public void Warn(string text)
    {
        _hasWarnings = true;
        Add(text);
        Log?.Say(LogLevel.Warning, text);
    }

    /// <summary>Warns of a backup that holds fewer items than it did: it has lost them, as a mailbox cannot take them from it.</summary>
    public void WarnOfFewer(long before, long now)
    {
        if (now < before)
        {
            Warn(LocalText.Format(Strings.BackupFewer, before, now));
        }
    }

    /// <summary>Tells what people should know.</summary>
    public void Add(string text)
    {
        lock (_lock)
        {
            _texts.Add(text);
        }
    }

    /// <summary>Tells what a run ended with, before everything else.</summary>
    public void AddFirst(string text)
    {
        lock (_lock)
        {
            _texts.Insert(0, text);
        }
    }

    /// <summary>Whether a text was told already.</summary>
    public bool Contains(string text)
    {
        lock (_lock)
        {
            return _texts.Contains(text);
        }
    }

    /// <summary>What was told so far.</summary>
    public IReadOnlyList<string> ToList()
    {
        lock (_lock)
        {
            return [.. _texts];
        }
    }
}
