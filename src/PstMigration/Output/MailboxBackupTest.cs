namespace PstMigration;

/// <summary>Whether a backup is what one would want it to be: what <c>Test-MailboxBackup</c> gives.</summary>
public sealed class MailboxBackupTest
{
    internal MailboxBackupTest(string name, bool isRecent, bool isSound, bool isComplete, bool? isSecondEqual, long items, IReadOnlyList<string> problems)
    {
        Name = name;
        IsRecent = isRecent;
        IsSound = isSound;
        IsComplete = isComplete;
        IsSecondEqual = isSecondEqual;
        Items = items;
        Problems = problems;
    }

    /// <summary>The backup.</summary>
    public string Name { get; }

    /// <summary>Whether everything is as it should be.</summary>
    public bool Passed => IsRecent && IsSound && IsComplete && IsSecondEqual != false;

    /// <summary>Whether the last good run is not older than the schedule, or -MaximumAge, lets it be.</summary>
    public bool IsRecent { get; }

    /// <summary>Whether the file keeps all rules of its format.</summary>
    public bool IsSound { get; }

    /// <summary>Whether every item that run saw is in it.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether the second destination holds the same bytes; null where there is none.</summary>
    public bool? IsSecondEqual { get; }

    /// <summary>Items in it.</summary>
    public long Items { get; }

    /// <summary>What is wrong, in words.</summary>
    public IReadOnlyList<string> Problems { get; }
}
